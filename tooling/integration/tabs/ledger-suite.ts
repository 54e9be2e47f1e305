import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const suite = fileURLToPath(new URL("../../../packages/core/test/ledger/browser-suite.ts", import.meta.url));
const runner = fileURLToPath(new URL("../../browser/suite/vitest-in-page.ts", import.meta.url));

/** A module for a page that exports `runSuite`: core's own tests of ledgers. Dispose of it to delete the file. */
export const ledgerSuite = async (): Promise<{ readonly module: URL } & AsyncDisposable> => {
  const folder = await mkdtemp(join(tmpdir(), "tideway-suite-"));
  const file = join(folder, "suite.ts");
  await writeFile(
    file,
    `import { runFile } from ${JSON.stringify(runner)};
     export const runSuite = () => runFile(() => import(${JSON.stringify(suite)}));`
  );
  return { module: pathToFileURL(file), [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
};
