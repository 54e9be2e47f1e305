import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");

it("nothing that a run left behind is kept", () =>
  expect(tracked.filter((file) => /CACHEDIR\.TAG$|\.cache-\d+$|\.log$|\.db(-wal|-shm)?$/.test(file))).toEqual([]));

it("the top level holds what was agreed on", () => {
  const top = new Set(tracked.map((file) => file.split("/")[0] ?? ""));
  expect([...top].filter((name) => !name.startsWith(".")).sort()).toEqual([
    "LICENSE",
    "README.md",
    "apps",
    "package.json",
    "packages",
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    "tooling",
    "tsconfig.base.json",
    "turbo.json"
  ]);
});
