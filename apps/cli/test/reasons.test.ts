import type { Rejection } from "@tideway/core";
import { expect, it } from "vitest";
import { countInside, createReasons } from "../src/output/reasons.ts";

const refused = (index: number, more: Partial<Rejection>): Rejection => ({
  outcome: "rejected",
  index,
  at: `line ${index + 1}`,
  by: "check",
  code: "value-not-less-than",
  message: "It is too much.",
  issues: [],
  ...more
});
const at = (pointer: string) => ({ issues: [{ pointer, code: "c", message: "m" }] });

it("takes every position of an array for one place", () => {
  const reasons = createReasons();
  for (let index = 0; index < 10_000; index++) reasons.add(refused(index, at(`/samples/${index}/value`)));
  reasons.add(refused(10_000, at("/samples/1")));
  reasons.add(refused(10_001, at("/basal2/7up")));
  expect(reasons.all().map(({ pointer, count }) => [pointer, count])).toEqual([
    ["/samples/*/value", 10_000],
    ["/samples/*", 1],
    ["/basal2/7up", 1]
  ]);
});

it("tells too many reasons together, of any length each, and loses none", () => {
  const reasons = createReasons();
  const long = "x".repeat(100_000);
  for (let index = 0; index < 5_000; index++) {
    reasons.add(refused(index, { ...at(`/schedules/${long}${index}/a${index}`), code: `${index}`, message: long }));
  }
  reasons.add(refused(5_000, { outcome: "skipped", code: "inside-another" }));
  const all = reasons.all();
  expect(all.length).toBeLessThan(210);
  expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(5_001);
  expect(countInside(all)).toBe(1);
  expect(JSON.stringify(all).length).toBeLessThan(300_000);
});
