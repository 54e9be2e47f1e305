import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { onceInRun } from "../once/once-in-run.ts";
import { packPackages } from "../pack/packages.ts";

/** A program outside the workspace, with our packages installed from their tarballs as npm would from the registry. */
export interface Consumer {
  readonly folder: string;
  readonly write: (file: string, text: string) => void;
}

const run = promisify(execFile);

/**
 * Installs the packages, and further ones such as `zod@4.0.0`, into a folder, once for each name in a run of the tests. Needs the
 * npm registry or its cache.
 */
export const installConsumer = async (name: string, further: ReadonlyArray<string> = []): Promise<Consumer> => {
  const packages = await packPackages();
  const folder = await onceInRun(`consumer-${name}`, async (into) => {
    writeFileSync(join(into, "package.json"), JSON.stringify({ private: true, type: "module" }));
    const args = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
    await run("npm", [...args, ...packages.map(({ tarball }) => tarball), ...further], {
      cwd: into,
      shell: process.platform === "win32"
    });
  });
  return { folder, write: (file, text) => writeFileSync(join(folder, file), text) };
};
