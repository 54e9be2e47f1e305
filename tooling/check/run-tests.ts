import { startVitest } from "vitest/node";
import type { Tally } from "./tally.ts";

/** Runs every test of the repository and counts them. A file that cannot be loaded counts as a failure. */
export const runTests = async (root: string, filters: ReadonlyArray<string>): Promise<Tally> => {
  const vitest = await startVitest("test", [...filters], {
    root,
    config: `${root}/tooling/vitest.config.ts`,
    watch: false,
    run: true
  });
  const tally = { passed: 0, failed: 0, skipped: 0 };
  for (const file of vitest.state.getTestModules()) {
    if (file.errors().length > 0) tally.failed += 1;
    for (const test of file.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") tally.passed += 1;
      else if (state === "failed") tally.failed += 1;
      else tally.skipped += 1;
    }
  }
  tally.failed += vitest.state.getUnhandledErrors().length;
  await vitest.close();
  return tally;
};
