import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import * as metrics from "@tideway/metrics";
import { describe, expect, it } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/```ts\nimport \{ ([^}]+) \} from "@tideway\/metrics";\n([^]+?)```/g)].map(
  ([, imported = "", code = ""]) => ({ imported: imported.split(", "), code })
);

const start = Date.UTC(2026, 2, 1);
const cbgDatums = Array.from({ length: 288 * 28 }, (_, index) => ({
  type: "cbg",
  time: new Date(start + index * 300_000).toISOString(),
  value: index === 0 ? 50 : index % 12 < 2 ? 200 : index < 288 * 14 ? 140 : 128,
  units: "mg/dL"
}));

const at = (hour: number) => new Date(Date.UTC(2026, 2, 14, 23) + hour * 3_600_000).toISOString();
const bolus = { type: "bolus", subType: "normal", time: at(12), normal: 5 };
const datums = [
  { type: "basal", deliveryType: "scheduled", time: at(0), duration: 24 * 3_600_000, rate: 1 },
  { type: "wizard", time: at(12), carbInput: 60, units: "mg/dL", bolus },
  bolus
];

describe("the README", () => {
  it("has examples, and fewer than 200 lines", () => {
    expect(examples).toHaveLength(3);
    expect(readme.split("\n").length).toBeLessThan(200);
  });

  it.for(examples)("says what its example of $imported prints", ({ imported, code }) => {
    const expected = [...code.matchAll(/^console\.log.*; \/\/ (.+)$/gm)].map(([, said]) => said);
    const said: Array<string> = [];
    const log = (value: unknown) =>
      said.push(typeof value === "string" ? value : inspect(value, { breakLength: Infinity }));
    const exported: Record<string, unknown> = metrics;
    const names = ["cbgDatums", "datums", "console", ...imported];
    new Function(...names, code)(cbgDatums, datums, { log }, ...imported.map((name) => exported[name]));
    expect(said).toEqual(expected);
  });
});
