import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FaultMachine } from "./fault-machine.ts";
import { scenario } from "./scenario.ts";

// Each takes 40 ms of a processor. `TIDEWAY_SEEDS=2000` before a release.
const seeds = Number(process.env["TIDEWAY_SEEDS"] ?? 500);

describe("the fault machine", () => {
  it(`ends with exactly the last version of every datum, once, in one session, for ${seeds} histories of faults`, async () => {
    const property = fc.asyncProperty(scenario, (history) => new FaultMachine().play(history));
    // The same histories every time, so that a change is judged by itself; `npm run soak` looks at others.
    const seed = Number(process.env["TIDEWAY_SEED"] ?? 5);
    await fc.assert(property, { numRuns: seeds, seed });
    expect(seeds).toBeGreaterThan(0);
  }, 600_000);
});
