import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NumberedRecords } from "../src/identity/numbered-records.ts";
import { originId } from "../src/identity/origin-of.ts";
import { RepeatedKeys } from "../src/identity/repeated-keys.ts";

describe("an origin id", () => {
  it("is readable where it is short and says nothing of a person", () => {
    const key = { source: "libreview", parts: ["MHGH123-A", "2021-05-30T16:59", 0], type: "cbg" };
    expect(originId(key)).toBe("libreview:MHGH123-A:2021-05-30T16:59:0:cbg");
    expect(originId({ ...key, occurrence: 2 })).toBe("libreview:MHGH123-A:2021-05-30T16:59:0:cbg:2");
  });

  it("is a hash where it is long or personal, by another implementation the same", () => {
    const expected = (text: string) => createHash("sha256").update(text).digest("base64url").slice(0, 22);
    const name = "Zo\u00EB's iPhone";
    expect(originId({ source: "apple-health", parts: [name, 5], type: "cbg", personal: true })).toBe(
      `apple-health:${expected(`${name}\u00005`)}:cbg`
    );
    const long = originId({ source: "x", parts: ["y".repeat(200)], type: "food", occurrence: 3 });
    expect(long).toBe(`x:${expected("y".repeat(200))}:food:3`);
    expect(originId({ source: "s", parts: ["Zoe\u0308 "], type: "t", personal: true })).toBe(
      originId({ source: "s", parts: ["Zo\u00EB"], type: "t", personal: true })
    );
  });
});

describe("records of one key", () => {
  const numbers = (rows: ReadonlyArray<readonly [key: string, amount: number]>) => {
    const repeated = new RepeatedKeys();
    for (const [key, amount] of rows) repeated.add(key, String(amount));
    repeated.finish();
    const records = new NumberedRecords<string>(repeated);
    const given = rows.flatMap(([key, amount]) => {
      const record = `${key}=${amount}`;
      return records.add({ key, content: String(amount), amount, record }) ?? [];
    });
    return [...given, ...records.end()]
      .flatMap((item) => ("copy" in item ? [] : [`${item.record}#${item.occurrence}`]))
      .sort();
  };

  it("are numbered by what they are, not by where they stand", () => {
    expect(
      numbers([
        ["a", 107],
        ["b", 1],
        ["a", 93],
        ["a", 107]
      ])
    ).toEqual(["a=107#2", "a=93#1", "b=1#1"]);
    const row = fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (rows, keys) => {
        const shuffled = rows.map((item) => [keys.next().value!, item] as const).sort(([one], [other]) => one - other);
        const expected = numbers(rows);
        expect(numbers(shuffled.map(([, item]) => item))).toEqual(expected);
        expect(numbers([...rows, ...rows])).toEqual(expected);
        expect(new Set(expected.map((text) => text.replace(/=\d+/u, ""))).size).toBe(expected.length);
        expect(expected).toHaveLength(new Set(rows.map(String)).size);
      })
    );
  });

  it("stay themselves among a hundred thousand others", () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => [`key ${index}`, index] as const);
    expect(new Set(numbers(rows)).size).toBe(rows.length);
  });
});
