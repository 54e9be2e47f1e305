import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Item } from "../src/contract/item.ts";
import { bodyOf } from "../src/operations/upload/chunk.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

const itemOf = (json: Item["json"]): Item => ({
  index: 0,
  entry: { datum: undefined },
  kind: "cbg",
  originId: "",
  children: [],
  json,
  bytes: typeof json === "string" ? encoder.encode(json).length : json.to - json.from,
  fingerprint: "",
  childKinds: [],
  outdates: [],
  gone: []
});

/** Values as lines of one array of bytes, each as a slice of it. */
const slicesOf = (values: ReadonlyArray<unknown>, end: string) => {
  const bytes = encoder.encode(values.map((value) => JSON.stringify(value) + end).join(""));
  let at = 0;
  return values.map((value) => {
    const from = at;
    const to = from + encoder.encode(JSON.stringify(value)).length;
    at = to + end.length;
    return { bytes, from, to };
  });
};

const datum = fc.record({ text: fc.string({ unit: "grapheme", maxLength: 12 }), value: fc.integer() });

describe("the body of a chunk", () => {
  it("holds every datum in order, copied from the source or written, whatever lies between", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(datum, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 30 }),
        fc.constantFrom("\n", "\r\n", "\n\n"),
        (given, end) => {
          const values = given.map(([value]) => value);
          const [one, other] = [slicesOf(values, end), slicesOf(values, end)];
          const items = values.map((value, index) => {
            const turn = given[index]![1];
            return itemOf(turn === 0 ? JSON.stringify(value) : turn === 1 ? other[index]! : one[index]!);
          });
          const before = one[0]!.bytes.slice();
          expect(JSON.parse(decoder.decode(bodyOf(items)))).toEqual(values);
          expect(one[0]!.bytes).toEqual(before);
        }
      )
    );
  });

  it("leaves out what was skipped between two neighbours", () => {
    const [first, , third] = slicesOf([{ a: 1 }, { b: 2 }, { c: 3 }], "\n");
    expect(decoder.decode(bodyOf([itemOf(first!), itemOf(third!)]))).toBe('[{"a":1},{"c":3}]');
    expect(decoder.decode(bodyOf([itemOf(third!), itemOf(first!)]))).toBe('[{"c":3},{"a":1}]');
  });
});
