import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** One published package, as npm would deliver it. */
export interface PackedPackage {
  readonly name: string;
  readonly tarball: string;
  /** The tarball, unpacked. */
  readonly folder: string;
}

/** Packs every library as `pnpm publish` would, into a temporary folder: `exports` then point at dist. */
export const packPackages = (): { readonly packages: ReadonlyArray<PackedPackage>; readonly dispose: () => void } => {
  const into = mkdtempSync(join(tmpdir(), "tideway-pack-"));
  const filter = "--filter=./packages/*";
  execFileSync("pnpm", [filter, "-r", "pack", "--pack-destination", into], {
    cwd: root,
    stdio: "pipe",
    shell: process.platform === "win32"
  });
  const packages = readdirSync(into)
    .filter((file) => file.endsWith(".tgz"))
    .map((file) => {
      const tarball = join(into, file);
      const folder = join(into, basename(file, ".tgz"));
      mkdirSync(folder);
      execFileSync("tar", ["-xzf", tarball, "-C", folder, "--strip-components=1"]);
      const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name: string };
      return { name, tarball, folder };
    });
  return { packages, dispose: () => rmSync(into, { recursive: true, force: true }) };
};
