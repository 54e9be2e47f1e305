import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FaultMachine } from "./fault-machine.ts";
import { scenario } from "./scenario.ts";

const seeds = Number(process.env["TIDEWAY_SEEDS"] ?? 2000);

describe("the fault machine", () => {
  it(`ends with exactly the last version of every datum, once, in one session, for ${seeds} histories of faults`, async () => {
    const property = fc.asyncProperty(scenario, (history) => new FaultMachine().play(history));
    const seed = process.env["TIDEWAY_SEED"];
    await fc.assert(property, { numRuns: seeds, ...(seed === undefined ? {} : { seed: Number(seed) }) });
    expect(seeds).toBeGreaterThan(0);
  }, 600_000);
});
