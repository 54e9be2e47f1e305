import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tools = join(root, "node_modules", ".bin");

/** A copy of the repository's own files in a temporary folder, where a fault may be planted. */
export interface PlantedCopy {
  /** Writes a file, runs the tool, removes the file again; gives the exit code and everything it printed. */
  tryWith(
    file: string,
    content: string,
    command: readonly [tool: string, ...args: Array<string>]
  ): { readonly status: number; readonly output: string };
  dispose(): void;
}

export const plantedCopy = (): PlantedCopy => {
  const copy = mkdtempSync(join(tmpdir(), "tideway-layers-"));
  const tracked = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root })
    .toString()
    .split("\0")
    .filter((file) => file !== "" && !/\.(test|bench)\.tsx?$/.test(file));
  for (const file of tracked) {
    mkdirSync(join(copy, dirname(file)), { recursive: true });
    cpSync(join(root, file), join(copy, file), { force: true, recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
  for (const group of ["packages", "apps"]) {
    for (const name of readdirSync(join(copy, group))) {
      symlinkSync(join(root, group, name, "node_modules"), join(copy, group, name, "node_modules"), "junction");
    }
  }
  // Turbo finds the packages of the folder it stands in by its git root.
  execFileSync("git", ["init", "-q"], { cwd: copy });
  return {
    tryWith: (file, content, [tool, ...args]) => {
      mkdirSync(join(copy, dirname(file)), { recursive: true });
      writeFileSync(join(copy, file), content);
      try {
        const { status, stdout, stderr } = spawnSync(join(tools, tool), args, {
          cwd: copy,
          encoding: "utf8",
          env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", FORCE_COLOR: "0" },
          shell: process.platform === "win32"
        });
        return { status: status ?? 1, output: stdout + stderr };
      } finally {
        rmSync(join(copy, file));
      }
    },
    dispose: () => rmSync(copy, { recursive: true, force: true })
  };
};
