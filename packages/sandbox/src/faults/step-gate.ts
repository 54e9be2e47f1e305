import type { Store } from "../store/store.ts";

/** One step of a deduplicator. The platform runs them one after another, not as one transaction. */
export interface Step {
  readonly name: "mark" | "insert" | "destroy";
  readonly run: () => void;
}

/** Runs the steps of one request. */
export type StepGate = (store: Store, steps: ReadonlyArray<Step>, request: Request) => void | Promise<void>;

/**
 * No fault: all steps in one transaction, which readers cannot tell from the platform's quick succession. Where a step
 * fails, what the steps before it did stays done, as there.
 */
export const atOnce: StepGate = (store, steps) => {
  const failed = store.transaction(() => {
    try {
      for (const step of steps) step.run();
      return undefined;
    } catch (cause) {
      return { cause };
    }
  });
  if (failed !== undefined) throw failed.cause;
};
