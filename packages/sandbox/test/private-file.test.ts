import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** In a process of its own: the umask is the whole process's. */
const useUnder = (umask: number, path: string): Record<string, string> => {
  const code = `
    process.umask(${umask});
    const { createSqliteStore } = await import("@tideway/sandbox/node");
    const { statSync } = await import("node:fs");
    const store = createSqliteStore({ path: process.argv[1] });
    store.putSetting("name", "value");
    const modes = {};
    for (const part of ["", "-wal", "-shm"]) {
      const found = statSync(process.argv[1] + part, { throwIfNoEntry: false });
      if (found !== undefined) modes[part] = (found.mode & 0o777).toString(8);
    }
    store.close();
    process.stdout.write(JSON.stringify(modes));`;
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const told = execFileSync(process.execPath, ["--input-type=module", "-e", code, "--", path], { cwd });
  return JSON.parse(told.toString()) as Record<string, string>;
};

// Windows has no such rights.
describe.skipIf(process.platform === "win32")("the data file", () => {
  it.each([0, 0o22, 0o77, 0o777])("is its owner's alone, and so are the folders made for it: umask %o", (umask) => {
    const path = join(folder, "made", "deep", "sandbox.sqlite");
    const modes = useUnder(umask, path);
    expect(modes).toMatchObject({ "": "600", "-wal": "600" });
    expect(new Set(Object.values(modes))).toEqual(new Set(["600"]));
    expect([modeOf(join(folder, "made")), modeOf(join(folder, "made", "deep"))]).toEqual(["700", "700"]);
  });

  it("becomes so where an earlier version made it for all, and a folder that was there stays as it is", () => {
    const path = join(folder, "sandbox.sqlite");
    writeFileSync(path, "");
    for (const part of [path, folder]) chmodSync(part, 0o755);
    expect(useUnder(0o22, path)).toMatchObject({ "": "600", "-wal": "600" });
    expect([modeOf(path), modeOf(folder)]).toEqual(["600", "755"]);
  });
});
