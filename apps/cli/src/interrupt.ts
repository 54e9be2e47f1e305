import { exitCode, type ExitCode } from "./exit-code.ts";

const codes = { SIGINT: exitCode.interrupted, SIGTERM: exitCode.terminated } as const;
const signals = Object.keys(codes) as ReadonlyArray<keyof typeof codes>;

/** What became of a wish to stop. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** What to exit with once stopped. */
  readonly code: () => ExitCode;
  readonly dispose: () => void;
}

/**
 * Turns Ctrl-C and SIGTERM into an AbortSignal, so that a command can stop in good order. The second one ends the process
 * at once.
 */
export const onInterrupt = (): Interrupt => {
  const controller = new AbortController();
  let code: ExitCode = exitCode.interrupted;
  const stop = (name: keyof typeof codes) => {
    if (controller.signal.aborted) process.exit(codes[name]);
    code = codes[name];
    process.stderr.write("\nStopping; once more to stop at once.\n");
    controller.abort(new DOMException("Stopped by the user.", "AbortError"));
    // Whoever waits for input waits no longer.
    process.stdin.destroy();
  };
  for (const name of signals) process.on(name, stop);
  return {
    signal: controller.signal,
    code: () => code,
    dispose: () => {
      for (const name of signals) process.off(name, stop);
    }
  };
};
