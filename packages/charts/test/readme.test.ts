import { readFileSync } from "node:fs";
import * as charts from "@tideway/charts";
import * as metrics from "@tideway/metrics";
import { expect, it } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const [, code = ""] = /```ts\n([^]+?)```/.exec(readme) ?? [];

it("says in its README what its example prints", () => {
  const start = Date.UTC(2026, 2, 1);
  const cbgDatums = Array.from({ length: 288 * 28 }, (_, index) => ({
    type: "cbg",
    time: new Date(start + index * 300_000).toISOString(),
    value: index === 0 ? 50 : index % 12 < 2 ? 200 : 140,
    units: "mg/dL"
  }));
  const said: Array<string> = [];
  const body = code.replaceAll(/^import \{ ([^}]+) \} from "@tideway\/(\w+)";$/gm, "const { $1 } = $2;");
  new Function("charts", "metrics", "cbgDatums", "console", body)(charts, metrics, cbgDatums, {
    log: (value: unknown) => said.push(String(value))
  });
  expect(said).toEqual([...code.matchAll(/^console\.log.*; \/\/ (.+)$/gm)].map(([, text]) => text));
});
