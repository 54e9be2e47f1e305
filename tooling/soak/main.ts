// Runs the fault machine for as long as asked: `npm run soak -- --minutes 30`. A failure prints how to see it again.
import { parseArgs } from "node:util";
import * as fc from "fast-check";
import { FaultMachine } from "../integration/engine/fault-machine.ts";
import { scenario } from "../integration/engine/scenario.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string" },
    path: { type: "string" }
  }
});

const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error("Say for how long: --minutes 30");

const property = fc.asyncProperty(scenario, (history) => new FaultMachine().play(history));
const end = Date.now() + minutes * 60_000;
const batch = 250;
let histories = 0;

for (let round = 0; round === 0 || (Date.now() < end && values.path === undefined); round++) {
  const seed = values.seed === undefined ? Math.trunc(Math.random() * 2 ** 31) : Number(values.seed) + round;
  const result = await fc.check(property, { seed, numRuns: batch, ...(values.path ? { path: values.path } : {}) });
  histories += result.numRuns;
  if (result.failed) {
    console.log(`\nFailed after ${histories} histories.`);
    console.log(JSON.stringify(result.counterexample, undefined, 2));
    console.log(result.errorInstance);
    console.log(`\nAgain: npm run soak -- --seed ${seed} --path ${result.counterexamplePath}`);
    process.exit(1);
  }
  console.log(`${histories} histories held (last seed ${seed})`);
}
