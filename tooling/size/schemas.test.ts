import { describe, expect, it } from "vitest";
import { measure } from "./measure.ts";

const kB = 1000;

describe("what schemas costs a web page", () => {
  it("takes at most 45 kB gzipped with every kind, builder and check", async () => {
    const { gzipped } = await measure(`export * as schemas from "@tideway/schemas";`);
    expect(gzipped).toBeLessThanOrEqual(45 * kB);
    // No measuring of nothing: an empty bundle would pass the limit.
    expect(gzipped).toBeGreaterThan(20 * kB);
  });

  it("takes at most 30 kB gzipped with one kind alone", async () => {
    const { gzipped } = await measure(`export { cbg } from "@tideway/schemas/kinds/cbg";`);
    expect(gzipped).toBeLessThanOrEqual(30 * kB);
    expect(gzipped).toBeGreaterThan(10 * kB);
  });

  it("leaves out of a page what the page does not import", async () => {
    const one = await measure(`export { glucose } from "@tideway/schemas";`);
    const all = await measure(`export * as schemas from "@tideway/schemas";`);
    expect(one.gzipped).toBeLessThan(all.gzipped / 2);
  });
});
