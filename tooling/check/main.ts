// `npm test`: every check there is. Words after the command choose test files: `npm test -- packages/core`.
import { fileURLToPath } from "node:url";
import { checks } from "./checks.ts";
import { runCheck } from "./run-check.ts";
import { runTests } from "./run-tests.ts";
import { add, sentence, type Tally } from "./tally.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const filters = process.argv.slice(2);

let tally: Tally = { passed: 0, failed: 0, skipped: 0 };

for (const check of filters.length > 0 ? [] : checks) {
  const { ok, output, seconds } = await runCheck(root, check);
  console.log(`${ok ? "✓" : "✗"} ${check.name}: ${check.proves} (${seconds.toFixed(1)} s)`);
  if (!ok) console.log(output.trimEnd() + (check.mend === undefined ? "" : `\n  mend it with: ${check.mend}`));
  tally = add(tally, { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });
}

tally = add(tally, await runTests(root, filters));
console.log(sentence(tally));
process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1);
