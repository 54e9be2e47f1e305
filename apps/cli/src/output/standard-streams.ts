import type { Writable } from "node:stream";
import { errnoInWords } from "../lifecycle/errno-in-words.ts";

let failure: NodeJS.ErrnoException | undefined;

/** Keeps output that fails from ending the program in the middle of its work; {@link stdoutFailure} tells of it at the end. */
export const watchStandardStreams = (): void => {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    failure ??= error;
  });
  // Words for people are no reason to stop, whoever no longer takes them (`2>&1 | head`, a closed terminal, a full disk).
  process.stderr.on("error", () => {});
};

/**
 * Why standard output did not take everything, in a sentence. Undefined where it did, and where its reader had heard enough
 * (`… | head -1`): then the work was done all the same, and the exit code tells of that.
 */
export const stdoutFailure = (): string | undefined =>
  failure === undefined || failure.code === "EPIPE"
    ? undefined
    : `Not all of the answer could be written to standard output: ${errnoInWords(failure)}.`;

/** Writes to standard output, unless that has failed before: what comes after a gap would be misread. */
export const writeStdout = (text: string): void => {
  if (failure === undefined) process.stdout.write(text);
};

/** Writes to standard error. */
export const writeStderr = (text: string): void => {
  process.stderr.write(text);
};

/** Resolves once a stream takes more without piling it up in memory, or has failed; at once where it does now. */
export const untilDrained = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    if (!stream.writableNeedDrain) return resolve();
    const events = ["drain", "close", "error"] as const;
    const done = () => {
      for (const event of events) stream.off(event, done);
      resolve();
    };
    for (const event of events) stream.on(event, done);
  });

const flushed = (stream: Writable): Promise<void> => new Promise((resolve) => stream.write("", () => resolve()));

/** Resolves once all that was written to the standard streams is out. */
export const flushStandardStreams = async (): Promise<void> => {
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
};
