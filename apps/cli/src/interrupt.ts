import { exitCode, type ExitCode } from "./exit-code.ts";
import { writeStderr } from "./standard-streams.ts";

const codes = { SIGINT: exitCode.interrupted, SIGTERM: exitCode.terminated } as const;
const signals = Object.keys(codes) as ReadonlyArray<keyof typeof codes>;

/** Milliseconds that a command has to stop in good order. */
const grace = 5000;

/** What became of a wish to stop. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** What to exit with once stopped. */
  readonly code: () => ExitCode;
  /** Rejects where a command that was told to stop has not done so five seconds later. */
  readonly overdue: Promise<never>;
  readonly dispose: () => void;
}

/**
 * Turns Ctrl-C and SIGTERM into an AbortSignal, so that a command can stop in good order. The second one ends the process
 * at once.
 */
export const onInterrupt = (): Interrupt => {
  const controller = new AbortController();
  const { promise: overdue, reject } = Promise.withResolvers<never>();
  overdue.catch(() => {});
  let code: ExitCode = exitCode.interrupted;
  let timer: NodeJS.Timeout | undefined;
  const dispose = () => {
    clearTimeout(timer);
    for (const name of signals) process.off(name, stop);
  };
  const stop = (name: keyof typeof codes) => {
    if (controller.signal.aborted) {
      // Whatever still runs: without a handler the signal ends the process by itself.
      dispose();
      process.kill(process.pid, name);
      return;
    }
    code = codes[name];
    writeStderr("\nStopping; once more to stop at once.\n");
    controller.abort(new DOMException("Stopped by the user.", "AbortError"));
    timer = setTimeout(() => reject(new Error("It did not stop in time.")), grace);
    // Whoever waits for input waits no longer.
    process.stdin.destroy();
  };
  for (const name of signals) process.on(name, stop);
  return { signal: controller.signal, code: () => code, overdue, dispose };
};
