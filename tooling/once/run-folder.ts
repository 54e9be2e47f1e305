import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Names the folder for what the test files of one run share; the processes that run them inherit it. */
export const runFolderName = "TIDEWAY_RUN_FOLDER";

/** Vitest calls it before the first test file of a run. */
export const setup = (): void => {
  process.env[runFolderName] = mkdtempSync(join(tmpdir(), "tideway-run-"));
};

/** Vitest calls it after the last. */
export const teardown = (): void => {
  const folder = process.env[runFolderName];
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
};
