import { writeStderr } from "../output/standard-streams.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";

const codes = { SIGINT: exitCode.interrupted, SIGTERM: exitCode.terminated } as const;
const signals = Object.keys(codes) as ReadonlyArray<keyof typeof codes>;

/** Milliseconds that a command has to stop in good order: an upload waits up to five seconds for answers, then says what it knows. */
const grace = 8000;

/** A command that was told to stop has not done so in time. */
export class Overdue extends Error {}

/** What became of a wish to stop. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** What to exit with once stopped. */
  readonly code: () => ExitCode;
  /** Rejects with {@link Overdue} where a command that was told to stop has not done so eight seconds later. */
  readonly overdue: Promise<never>;
  /** Ends the process by the signal itself, which waits for nothing; what was said by then may be cut off. */
  readonly endBySignal: () => void;
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
  let name: keyof typeof codes = "SIGINT";
  let timer: NodeJS.Timeout | undefined;
  const dispose = () => {
    clearTimeout(timer);
    for (const each of signals) process.off(each, stop);
  };
  const endBySignal = () => {
    // Whatever still runs: without a handler the signal ends the process.
    dispose();
    process.kill(process.pid, name);
  };
  const stop = (received: keyof typeof codes) => {
    name = received;
    if (controller.signal.aborted) return endBySignal();
    writeStderr("\nStopping. Press Ctrl-C again to stop at once.\n");
    controller.abort(new DOMException("Stopped by the user.", "AbortError"));
    timer = setTimeout(() => reject(new Overdue("It did not stop in time.")), grace);
    // Whoever waits for input waits no longer.
    process.stdin.destroy();
  };
  for (const each of signals) process.on(each, stop);
  return { signal: controller.signal, code: () => codes[name], overdue, endBySignal, dispose };
};
