import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createCli } from "./run-cli.ts";

const commands = [
  "inspect",
  "upload",
  "verify",
  "remove",
  "session find",
  "session open",
  "session list",
  "login",
  "logout"
];
const all = [...commands, "whoami", "sandbox"];

let cli: Awaited<ReturnType<typeof createCli>>;
beforeAll(async () => {
  cli = await createCli();
});
afterAll(() => cli.remove());

it("the README knows every command and every flag that --help shows, and no other", async () => {
  const readme = readFileSync(new URL("../../../apps/cli/README.md", import.meta.url), "utf8");
  const runs = await Promise.all(all.map((command) => cli.run([...command.split(" "), "--help"])));
  const shown = new Set(runs.flatMap(({ stdout }) => [...stdout.matchAll(/--[a-z][a-z-]+/gu)].map(([flag]) => flag)));
  const globals = new Set(["--version", "--help", "--completions"]);
  const written = new Set([...readme.matchAll(/--[a-z][a-z-]+/gu)].map(([flag]) => flag));
  for (const flag of ["--global", "--version"]) written.delete(flag);
  expect([...written].filter((flag) => !shown.has(flag))).toEqual([]);
  expect([...shown].filter((flag) => !written.has(flag) && !globals.has(flag))).toEqual([]);
  for (const [index, { code, stderr }] of runs.entries()) {
    expect({ command: all[index], code, stderr }).toEqual({ command: all[index], code: 0, stderr: "" });
  }
});

it("--version and a bare call answer on stdout, and no secret can be given by a flag", async () => {
  const [version, bare] = await Promise.all([cli.run(["--version"]), cli.run([])]);
  expect(version).toMatchObject({ code: 0, stdout: "tideway 0.0.0\n" });
  expect(bare.code).toBe(0);
  expect(bare.stdout).toContain("upload");
  expect((await cli.run(["login", "--password", "x"])).code).toBe(2);
  expect((await cli.run(["login", "--token", "x"])).code).toBe(2);
});
