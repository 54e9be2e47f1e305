import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { IdFilter } from "../../src/node/id-filter.ts";

describe("the filter of ids", () => {
  it.each([
    ["counted", (index: number) => `reading-${index}`],
    ["random", () => randomUUID()],
    ["times", (index: number) => new Date(1_700_000_000_000 + index * 300_000).toISOString()]
  ])("has every id that was added, and hardly any other: %s", (_, make) => {
    const ids = Array.from({ length: 1_050_000 }, (__, index) => make(index));
    const filter = new IdFilter();
    const added = ids.slice(0, 1_000_000);
    for (const id of added) filter.add(id);
    expect(added.every((id) => filter.mayHave(id))).toBe(true);
    const mistaken = ids.slice(1_000_000).filter((id) => filter.mayHave(id));
    // One in a hundred.
    expect(mistaken.length).toBeLessThan(500 * 1.5);
  });
});
