import { close, closeSync, constants, open as openFile, openSync } from "node:fs";
import { stat } from "node:fs/promises";
import { Socket } from "node:net";
import { addAbortSignal } from "node:stream";
import { promisify } from "node:util";

const open = promisify(openFile);

/** Whether a path leads to a pipe: `mkfifo`, or what a shell makes of `<(…)`. */
export const isPipe = async (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFIFO(),
    () => false
  );

/** Opens the other end for a moment: whoever waits for it waits no longer. */
const wake = (path: string, direction: "r" | "w") => {
  try {
    const other = direction === "r" ? constants.O_WRONLY : constants.O_RDONLY;
    closeSync(openSync(path, other | constants.O_NONBLOCK));
  } catch {
    // Nobody waits.
  }
};

/**
 * Opens a pipe by its path, once somebody has opened its other end. Stopped by the signal at any moment: a pipe that is read
 * as a file keeps a thread of Node's waiting, and the end of the process waits for that.
 */
export const openPipe = async (path: string, direction: "r" | "w", signal: AbortSignal): Promise<Socket> => {
  signal.throwIfAborted();
  const stop = () => wake(path, direction);
  signal.addEventListener("abort", stop);
  try {
    const fd = await open(path, direction);
    if (signal.aborted) close(fd);
    signal.throwIfAborted();
    return addAbortSignal(signal, new Socket({ fd, readable: direction === "r", writable: direction === "w" }));
  } finally {
    signal.removeEventListener("abort", stop);
  }
};
