import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { IdFilter } from "../../src/node/entries/id-filter.ts";
import { keyOf } from "../../src/node/entries/id-key.ts";

describe.each([
  ["counted", (index: number) => `reading-${index}`],
  ["random", () => randomUUID()],
  ["times", (index: number) => new Date(1_700_000_000_000 + index * 300_000).toISOString()]
])("ids that are %s", (_, make) => {
  const keys = Array.from({ length: 1_050_000 }, (__, index) => keyOf(make(index)));

  it("have keys that are exact, and hardly ever the same", () => {
    expect(keys.every((key) => Number.isSafeInteger(key) && key >= 0)).toBe(true);
    expect(new Set(keys).size).toBeGreaterThan(keys.length - 5);
  });

  it("are all in a filter that they were added to, and hardly any other", () => {
    const filter = new IdFilter();
    const added = keys.slice(0, 1_000_000);
    for (const key of added) filter.add(key);
    expect(added.every((key) => filter.mayHave(key))).toBe(true);
    const again = new IdFilter(filter.bytes);
    again.growTo(3_000_000);
    expect(added.every((key) => again.mayHave(key))).toBe(true);
    const mistaken = keys.slice(1_000_000).filter((key) => again.mayHave(key));
    // One in five hundred.
    expect(mistaken.length).toBeLessThan(100 * 1.5);
  });
});
