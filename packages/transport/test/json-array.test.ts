import { assert, array, integer, jsonValue, property, tuple } from "fast-check";
import { expect, it } from "vitest";
import { JsonArraySplitter, NotAnArray } from "../src/json-array.ts";

const split = (text: string | Uint8Array, size: number, limit = 1000): Array<unknown> => {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const splitter = new JsonArraySplitter(limit);
  const elements: Array<unknown> = [];
  for (let from = 0; from < bytes.length; from += size) {
    // A piece is overwritten afterwards, as a reader's buffer may be: nothing may lean on it.
    const piece = bytes.slice(from, from + size);
    elements.push(...splitter.push(piece));
    piece.fill(0x20);
  }
  splitter.end();
  return elements;
};

it("gives what JSON.parse gives, however the bytes are cut", () => {
  const any = tuple(array(jsonValue()), integer({ min: 1, max: 40 }), integer({ min: 0, max: 2 }));
  assert(
    property(any, ([values, size, indent]) => {
      const text = JSON.stringify(values, null, indent);
      expect(JSON.stringify(split(text, size, 100_000))).toBe(JSON.stringify(JSON.parse(text)));
    })
  );
});

it("reads the form that the server writes, with brackets, commas, quotes and many-byte characters inside strings", () => {
  const values = [{ a: '],[{"}\\' }, { b: "🩸é\\" }, { c: [[], {}, [1]] }];
  const text = `[${values.map((value) => `\n${JSON.stringify(value)}`).join(",")}\n]`;
  for (let size = 1; size <= text.length; size += 1) expect(split(text, size)).toEqual(values);
});

it.each(["[]", " [\n] ", "[\r\n\t]\n"])("reads %j as empty", (text) => {
  expect(split(text, 1)).toEqual([]);
});

it.each([
  ["", "ended before"],
  ["[", "ended before"],
  ["[1", "ended before"],
  ["[1,", "ended before"],
  ['["a', "ended before"],
  ["[1,]", "not JSON"],
  ["[,1]", "not JSON"],
  ["[1 2]", "not JSON"],
  ['[{"a":]]', "not JSON"],
  ["[1]x", "follows"],
  ["[1],[2]", "follows"],
  ["{}", "does not start"],
  ["<html>", "does not start"],
  ["null", "does not start"]
])("refuses %j", (text, why) => {
  for (const size of [1, 3, 100]) expect(() => split(text, size)).toThrow(why);
});

it("refuses bytes that are not UTF-8, and an element beyond the limit, without quoting them", () => {
  expect(() => split(new Uint8Array([0x5b, 0x22, 0xff, 0x22, 0x5d]), 5)).toThrow(NotAnArray);
  expect(() => split(`[1,"${"5".repeat(2000)}"]`, 100)).toThrow("longer than 1000 bytes");
  expect(() => split(`["${"5".repeat(500)}","${"6".repeat(900)}"]`, 100)).not.toThrow();
  expect(() => split('[{"value":142 mg}]', 5)).toThrow(/^An element is not JSON\.$/);
});
