import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { onceInRun } from "../once/once-in-run.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** One published package, as npm would deliver it. */
export interface PackedPackage {
  readonly name: string;
  readonly tarball: string;
  /** The tarball, unpacked. */
  readonly folder: string;
}

const run = promisify(execFile);

const pack = async (into: string): Promise<void> => {
  await run("pnpm", ["--filter=./packages/*", "-r", "pack", "--pack-destination", into], {
    cwd: root,
    shell: process.platform === "win32"
  });
  for (const file of readdirSync(into)) {
    const folder = join(into, basename(file, ".tgz"));
    mkdirSync(folder);
    await run("tar", ["-xzf", join(into, file), "-C", folder, "--strip-components=1"]);
  }
};

/** Packs every library as `pnpm publish` would, once in a run of the tests: `exports` then point at dist. */
export const packPackages = async (): Promise<ReadonlyArray<PackedPackage>> => {
  const into = await onceInRun("packages", pack);
  return readdirSync(into)
    .filter((file) => file.endsWith(".tgz"))
    .map((file) => {
      const folder = join(into, basename(file, ".tgz"));
      const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name: string };
      return { name, tarball: join(into, file), folder };
    });
};
