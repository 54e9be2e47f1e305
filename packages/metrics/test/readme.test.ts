import { readFileSync } from "node:fs";
import { summarize, wholePercents } from "@tideway/metrics";
import { expect, it } from "vitest";

it("does what the README's example says", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, example = ""] = /```ts\nimport [^\n]+\n([^]+?)```/.exec(readme) ?? [];
  const cbgDatums = Array.from({ length: 288 * 15 }, (_, index) => ({
    type: "cbg",
    time: new Date(Date.UTC(2026, 2, 1) + index * 300_000).toISOString(),
    value: index === 0 ? 50 : 120,
    units: "mg/dL"
  }));
  const said: Array<unknown> = [];
  const log = (line: unknown) => said.push(line);
  new Function("summarize", "wholePercents", "cbgDatums", "console", example)(summarize, wholePercents, cbgDatums, {
    log
  });
  expect(said).toEqual([{ veryLow: "<1", low: "0", target: "100", high: "0", veryHigh: "0" }, "6.2"]);
});
