import type { Clock } from "@tideway/transport";

/** Time that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** Moves on, and wakes who slept until then. */
  advance(milliseconds: number): Promise<void>;
  /** Milliseconds that each sleeper still has. */
  sleeping(): ReadonlyArray<number>;
}

/** Starts at a time that is not this machine's. */
export const testClock = (start: number = Date.UTC(2026, 0, 1)): TestClock => {
  let now = start;
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = { at: now + milliseconds, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", () => {
          sleepers.delete(sleeper);
          resolve();
        });
      }),
    advance: async (milliseconds) => {
      now += milliseconds;
      for (const sleeper of [...sleepers].filter(({ at }) => at <= now)) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await Promise.resolve();
    },
    sleeping: () => [...sleepers].map(({ at }) => at - now)
  };
};
