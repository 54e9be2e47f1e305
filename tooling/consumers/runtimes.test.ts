import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { type Consumer, installConsumer } from "./install-consumer.ts";
import { metroRuntime } from "./metro-runtime.ts";
import { commonJsProgram, esmProgram, jestProgram, printed } from "./programs.ts";

let consumer: Consumer;
beforeAll(async () => {
  consumer = await installConsumer("app", [metroRuntime.specifier]);
  consumer.write("program.mjs", esmProgram);
  consumer.write("program.cjs", commonJsProgram);
  consumer.write("program.test.mjs", jestProgram);
});

const require = createRequire(import.meta.url);

/** A file of a package that npm brings for this platform only; undefined on others. */
const platformFile = (from: string, name: string, file: string): string | undefined => {
  try {
    const near = createRequire(require.resolve(`${from}/package.json`));
    const path = join(dirname(near.resolve(`${name}/package.json`)), file);
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
};

const platform = `${process.platform}-${process.arch}`;
const exe = process.platform === "win32" ? ".exe" : "";
const bun = platformFile("bun", `@oven/bun-${platform}`, `bin/bun${exe}`);
const deno = platformFile("deno", `@deno/${platform}${process.platform === "linux" ? "-glibc" : ""}`, `deno${exe}`);
const oldestNode = platformFile("@tideway/tooling", `node-${platform}`, "bin/node");

const run = (program: string, args: ReadonlyArray<string>, env: Record<string, string> = {}) => {
  const { stdout, stderr, status } = spawnSync(program, [...args], {
    cwd: consumer.folder,
    encoding: "utf8",
    env: { ...process.env, NODE_NO_WARNINGS: "1", ...env }
  });
  return { stdout: stdout.trim(), status, ...(status === 0 ? {} : { stderr }) };
};

const works = { stdout: printed, status: 0 };

it("Node imports the packages", () => expect(run(process.execPath, ["program.mjs"])).toEqual(works));

it("Node requires the packages", () => expect(run(process.execPath, ["program.cjs"])).toEqual(works));

it.skipIf(!oldestNode)("Node 22.19, the oldest that is promised, imports and requires the packages", () => {
  expect(run(oldestNode!, ["--version"]).stdout).toBe("v22.19.0");
  expect(run(oldestNode!, ["program.mjs"])).toEqual(works);
  expect(run(oldestNode!, ["program.cjs"])).toEqual(works);
});

it.skipIf(!bun)("Bun runs the packages", () => expect(run(bun!, ["program.mjs"])).toEqual(works));

it.skipIf(!deno)("Deno runs the packages", () => {
  const args = ["run", "--allow-read", "--allow-env", "--no-remote", "program.mjs"];
  expect(run(deno!, args, { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(consumer.folder, ".deno") })).toEqual(works);
});

it("Jest runs them with ES modules switched on", () => {
  const jest = join(dirname(require.resolve("jest/package.json")), "bin", "jest.js");
  const { status, stderr } = run(
    process.execPath,
    ["--experimental-vm-modules", jest, "--rootDir", consumer.folder, "--testMatch", "**/*.test.mjs", "--no-cache"],
    { CI: "true" }
  );
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
});
