import { describe, expect, it } from "vitest";
import { createKindMemory } from "../src/operations/upload/kind-memory.ts";

describe("the memory of kinds", () => {
  it("tells of a second type for each of a hundred thousand ids, and of nothing else", () => {
    const memory = createKindMemory();
    const ids = Array.from({ length: 100_000 }, (_, index) => `org.example:${index}`);
    expect(ids.filter((id) => memory.see(id, "cbg") !== undefined)).toEqual([]);
    const noticed = ids.filter((id) => memory.see(id, "food") === "cbg");
    expect(noticed.length).toBeGreaterThan(99_000);
    // An id may have been forgotten for another one; never is one taken for another.
    const others = ids.map((id) => `other:${id}`);
    expect(others.filter((id) => memory.see(id, "food") !== undefined)).toEqual([]);
  });

  it("forgets nothing where it grows", () => {
    const memory = createKindMemory();
    for (let index = 0; index < 5000; index++) {
      expect(memory.see(`org.example:${index}`, "cbg")).toBeUndefined();
      // The one before last, from whichever table it was written into.
      if (index > 0) expect(memory.see(`org.example:${index >> 1}`, "food")).toBe("cbg");
    }
  });

  it("takes two sub types of one type for versions of one datum", () => {
    const memory = createKindMemory();
    for (const kind of ["bolus/normal", "bolus/dual/square", "bolus", "bolus/square"]) {
      expect(memory.see("a", kind)).toBeUndefined();
    }
    expect(memory.see("a", "basal/temp")).toBe("bolus/normal");
    expect(memory.see("b", "basal/temp")).toBeUndefined();
  });
});
