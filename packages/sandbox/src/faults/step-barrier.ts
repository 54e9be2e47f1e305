import type { SandboxRuntime } from "../runtime.ts";
import type { Store } from "../store/store.ts";
import type { FaultEffect, StepBoundary } from "./fault.ts";

/** One step of a deduplicator. The platform runs them one after another, not as one transaction. */
export interface Step {
  readonly name: "mark" | "insert" | "destroy";
  readonly run: () => void;
}

/** Runs the steps of one request. */
export type RunSteps = (steps: ReadonlyArray<Step>) => void | Promise<void>;

/** A fault made a step fail. */
export class StepFailed extends Error {
  readonly _tag = "StepFailed";
  constructor(between: StepBoundary) {
    super(`A fault stopped the request between ${between.replace("-", " and ")}.`);
  }
}

/**
 * All steps in one transaction, which readers cannot tell from the platform's quick succession. Where a step fails, what the
 * steps before it did stays done, as there.
 */
const atOnce = (store: Store, steps: ReadonlyArray<Step>): void => {
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

/** Where requests wait between steps. */
export interface StepBarrier {
  /** How a request runs its steps, given the faults drawn for it. */
  for(effects: ReadonlyArray<FaultEffect>): RunSteps;
}

/** One gate for a sandbox: a request that got through lets those go on that wait for it. */
export const createStepBarrier = (store: Store, runtime: SandboxRuntime): StepBarrier => {
  let waiting: Array<() => void> = [];
  const passed = () => {
    const released = waiting;
    waiting = [];
    for (const release of released) release();
  };
  const wait = (milliseconds: number | undefined) =>
    milliseconds === undefined
      ? new Promise<void>((resolve) => void waiting.push(resolve))
      : runtime.sleep(milliseconds);

  return {
    for: (effects) => {
      const stops = effects.filter((effect) => effect.kind === "hold" || effect.kind === "fail");
      if (stops.length === 0) {
        return (steps) => {
          atOnce(store, steps);
          passed();
        };
      }
      return async (steps) => {
        for (const [index, step] of steps.entries()) {
          const gap = `${steps[index - 1]?.name}-${step.name}`;
          for (const stop of stops) {
            if (stop.between !== gap) continue;
            if (stop.kind === "fail") throw new StepFailed(stop.between);
            await wait(stop.milliseconds);
          }
          atOnce(store, [step]);
        }
        passed();
      };
    }
  };
};
