import { readFileSync } from "node:fs";
import { openSource } from "@tideway/sources";
import { expect, it } from "vitest";

it("does what the README's example says", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, example = ""] = /```ts\nimport [^\n]+\n([^]+?)```/u.exec(readme) ?? [];
  const reading = '"type":"cbg","time":"2026-03-01T08:00:00Z","units":"mmol/L","value":5.5';
  const lines = ['{"type":"cbg"}', '{"type":"upload","uploadId":"1"}', `{${reading},"uploadId":"1"}`];
  const file = new File([lines.join("\n")], "a.json");
  const said: Array<string> = [];
  const log = (line: string) => said.push(line);
  const run = new Function("openSource", "file", "console", `return (async () => {${example}})()`);
  await (run as (...args: ReadonlyArray<unknown>) => Promise<void>)(openSource, file, { log });
  expect(said).toEqual([
    'line 1: {"type":"cbg"}',
    "line 2: It describes the session that the records came from, and is not a datum itself.",
    `line 3: {${reading}}`
  ]);
});
