const stopping = 128;
const signalNumbers = { SIGINT: 2, SIGTERM: 15 } as const;

/** What became of a wish to stop. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** What to exit with once stopped: 130 for Ctrl-C, 143 for SIGTERM. */
  readonly code: () => number;
  readonly dispose: () => void;
}

/**
 * Turns Ctrl-C and SIGTERM into an AbortSignal, so that a command can stop in good order. The second one ends the process
 * at once.
 */
export const onInterrupt = (): Interrupt => {
  const controller = new AbortController();
  let code = stopping + signalNumbers.SIGINT;
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(stopping + signalNumbers[name as keyof typeof signalNumbers]);
    code = stopping + signalNumbers[name as keyof typeof signalNumbers];
    process.stderr.write("\nStopping; once more to stop at once.\n");
    controller.abort(new DOMException("Stopped by the user.", "AbortError"));
    // Whoever waits for input waits no longer.
    process.stdin.destroy();
  };
  for (const name of Object.keys(signalNumbers)) process.on(name, stop);
  return {
    signal: controller.signal,
    code: () => code,
    dispose: () => {
      for (const name of Object.keys(signalNumbers)) process.off(name, stop);
    }
  };
};
