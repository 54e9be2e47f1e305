import type { Pages } from "@tideway/sources";

/** Holds an upload between two pages of its files: what is in flight ends, nothing more is sent. */
export interface PauseSwitch {
  set(isPaused: boolean): void;
  /** The same source, which waits before each page while it is paused, or until the signal. */
  holding(source: Pages, signal: AbortSignal): Pages;
}

/** Makes a switch that is not on. */
export const createPauseSwitch = (): PauseSwitch => {
  let { promise: open, resolve } = Promise.withResolvers<void>();
  resolve();
  let isPaused = false;
  return {
    set(next) {
      if (next === isPaused) return;
      isPaused = next;
      if (next) ({ promise: open, resolve } = Promise.withResolvers<void>());
      else resolve();
    },
    holding: (source, signal) => ({
      ...source,
      pages: {
        async *[Symbol.asyncIterator]() {
          const aborted = new Promise<void>((resolve) =>
            signal.addEventListener("abort", () => resolve(), { once: true })
          );
          for await (const page of source.pages) {
            await Promise.race([open, aborted]);
            yield page;
          }
        }
      }
    })
  };
};
