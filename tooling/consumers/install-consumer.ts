import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PackedPackage } from "../pack/packages.ts";

/** A program outside the workspace, with our packages installed from their tarballs as npm would from the registry. */
export interface Consumer {
  readonly folder: string;
  readonly write: (file: string, text: string) => void;
  readonly dispose: () => void;
}

/** Installs the packages, and further ones such as `zod@4.0.0`, into an empty folder. Needs the npm registry or its cache. */
export const installConsumer = (
  packages: ReadonlyArray<PackedPackage>,
  further: ReadonlyArray<string> = []
): Consumer => {
  const folder = mkdtempSync(join(tmpdir(), "tideway-consumer-"));
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write("package.json", JSON.stringify({ private: true, type: "module" }));
  const args = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  execFileSync("npm", [...args, ...packages.map(({ tarball }) => tarball), ...further], {
    cwd: folder,
    stdio: "pipe",
    shell: process.platform === "win32"
  });
  return { folder, write, dispose: () => rmSync(folder, { recursive: true, force: true }) };
};
