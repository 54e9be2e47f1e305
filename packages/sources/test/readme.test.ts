import { readFileSync } from "node:fs";
import { readTidepool } from "@tideway/sources";
import { expect, it } from "vitest";

it("does what the README's example says", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, example = ""] = /```ts\nimport [^\n]+\n([^]+?)```/u.exec(readme) ?? [];
  const file = new Blob(['{"type":"cbg"}\n{"type":"upload","uploadId":"1"}\n{"type":"cbg","uploadId":"1"}\n']);
  const said: Array<string> = [];
  const log = (line: string) => said.push(line);
  const run = new Function("readTidepool", "file", "console", `return (async () => {${example}})()`);
  await (run as (...args: ReadonlyArray<unknown>) => Promise<void>)(readTidepool, file, { log });
  expect(said).toEqual([
    'line 1: {"type":"cbg"}',
    "line 2: It describes the session that the records came from, and is not a datum itself.",
    'line 3: {"type":"cbg"}'
  ]);
});
