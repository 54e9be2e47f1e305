import { sampleDatums } from "@tideway/sandbox/sample";
import { expect, it } from "vitest";
import { glucoseLines } from "./glucose-lines.ts";

it("draws time in range from the top, with every band and its share", () => {
  const lines = glucoseLines([...sampleDatums({ days: 30 })]);
  expect(lines.map((line) => line.split("  ")[0]?.trim())).toEqual([
    "very high",
    "high",
    "in range",
    "low",
    "very low",
    expect.stringMatching(/^mean 1\d\d\.\d mg\/dL, variation \d\d\.\d %, GMI \d\.\d %$/)
  ]);
  expect(lines[2]).toMatch(/70–180 mg\/dL +[78]\d % {2}▒{30,}$/);
});

it("does not let a rare low round to nothing", () => {
  const reading = (value: number, minute: number) => ({
    type: "cbg" as const,
    time: new Date(1_800_000_000_000 + minute * 60_000).toISOString(),
    value,
    units: "mg/dL" as const
  });
  const day = Array.from({ length: 288 }, (_, index) => reading(index === 100 ? 50 : 120, 5 * index));
  expect(glucoseLines(day)[4]).toMatch(/very low +under 54 mg\/dL +<1 % {2}█$/);
});
