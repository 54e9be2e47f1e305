// Runs the fault machine for as long as asked: `npm run soak -- --minutes 30`, with ledgers in files where `--ledger sqlite`
// says so. A failure prints how to see it again.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createMemoryLedger } from "@tideway/core";
import { createSqliteLedger } from "@tideway/core/node";
import * as fc from "fast-check";
import { FaultMachine } from "../integration/engine/fault-machine.ts";
import { scenario } from "../integration/engine/scenario.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    ledger: { type: "string", default: "memory" },
    seed: { type: "string" },
    path: { type: "string" },
    help: { type: "boolean", short: "h", default: false }
  }
});

if (values.help) {
  console.log(`npm run soak -- [--minutes N] [--ledger memory|sqlite] [--seed N] [--path PATH]

Plays histories of faults against the engine for so many minutes (default: 10), with ledgers in memory or in files. --seed and --path
play one history again: a failure prints which.`);
  process.exit(0);
}

const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error("Say for how long: --minutes 30");

const isMemory = values.ledger === "memory";
if (!isMemory && values.ledger !== "sqlite") throw new Error("Say which ledger: --ledger memory, or --ledger sqlite");

const property = fc.asyncProperty(scenario, async (history) => {
  if (isMemory) return new FaultMachine(createMemoryLedger).play(history);
  const folder = mkdtempSync(join(tmpdir(), "tideway-soak-"));
  let files = 0;
  try {
    await new FaultMachine(() => createSqliteLedger(join(folder, `${files++}.db`))).play(history);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
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
    console.log(
      `\nAgain: npm run soak -- --ledger ${values.ledger} --seed ${seed} --path ${result.counterexamplePath}`
    );
    process.exit(1);
  }
  console.log(`${histories} histories held (last seed ${seed})`);
}
