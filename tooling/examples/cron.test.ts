import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Example, openExample } from "./open-example.ts";
import { ann, reading, startSandbox } from "./sandbox-with-people.ts";

let example: Example;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let env: Record<string, string>;
let exports: string;
beforeAll(async () => {
  [example, sandbox] = await Promise.all([openExample("cron"), startSandbox()]);
  exports = join(example.folder, "exports");
  mkdirSync(exports);
  writeFileSync(join(exports, "a.json"), JSON.stringify([reading(0), reading(5)]));
  writeFileSync(join(exports, "b.json"), JSON.stringify([reading(10), { ...reading(15), value: -1 }]));
  env = {
    TIDEWAY_API: sandbox.url,
    TIDEPOOL_EMAIL: ann.email,
    TIDEPOOL_PASSWORD: ann.password,
    TIDEWAY_LEDGER: join(example.folder, "ledger.db")
  };
});
afterAll(() => sandbox.close());

it("compiles by its strict options", async () => expect(await example.compile()).toBe(""));

it("uploads a folder, says what was rejected, and sends nothing again the next night", async () => {
  const first = await example.run([exports], env);
  expect(first).toMatchObject({ code: 3, stdout: "3 sent, 0 unchanged, 1 rejected\n" });
  expect(first.stderr).toMatch(/^element 2 of b\.json: .*value/);
  const second = await example.run([join(exports, "a.json")], env);
  expect(second).toEqual({ code: 0, stdout: "0 sent, 2 unchanged, 0 rejected\n", stderr: "" });
  expect(await sandbox.timesOf(ann)).toEqual([0, 5, 10].map((minutes) => reading(minutes).time));
});

it("ends with a code of its own for a wrong login, a missing file and a missing variable", async () => {
  const codeOf = async (args: ReadonlyArray<string>, changed: Record<string, string>) =>
    (await example.run(args, { ...env, ...changed })).code;
  const codes = await Promise.all([
    codeOf([exports], { TIDEPOOL_PASSWORD: "wrong" }),
    codeOf([join(exports, "none.json")], {}),
    codeOf([exports], { TIDEWAY_API: "" }),
    codeOf([], {})
  ]);
  expect(codes).toEqual([4, 6, 2, 2]);
});
