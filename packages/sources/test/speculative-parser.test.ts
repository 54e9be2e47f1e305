import * as fc from "fast-check";
import { expect, it } from "vitest";
import { SpeculativeParser } from "../src/speculative-parser.ts";

const asciiText = (text: string) => {
  const bytes = new TextEncoder().encode(text);
  return { text, bytes, view: new DataView(bytes.buffer) };
};

/** What a parser, and then JSON.parse, make of each line: a value, or that it is no JSON. */
const bothWays = (lines: ReadonlyArray<string>) => {
  const text = asciiText(lines.join("\n"));
  const parser = new SpeculativeParser();
  let from = 0;
  return lines.map((line) => {
    const to = from + line.length;
    const of = (parse: () => unknown) => {
      try {
        // A copy: the parser's own may be another one's by the next call.
        return structuredClone(parse());
      } catch (error) {
        return (error as Error).name;
      }
    };
    const both = [of(() => parser.parse(text, from, to)), of(() => JSON.parse(line))] as const;
    from = to + 1;
    return both;
  });
};

const expectEqual = (lines: ReadonlyArray<string>) => {
  for (const [speculated, parsed] of bothWays(lines)) expect(speculated).toStrictEqual(parsed);
};

const reading = (value: unknown, id: unknown = "r-1", rest: object = {}) =>
  JSON.stringify({
    type: "cbg",
    units: "mg/dL",
    value,
    origin: { id, name: "a.b", payload: { raw: [1, "x"] } },
    ...rest
  });

it.each([
  ["values and ids that differ", [reading(100, "a"), reading(101, "b"), reading(102.5, "cc"), reading(-3, "")]],
  ["a number where a text was", [reading(100), reading("100"), reading(101), reading("101"), reading(102)]],
  ["true, false and null", [reading(true), reading(false), reading(null), reading(1), reading(true), reading(2)]],
  [
    "an object where a number was",
    [reading(1), reading(2), reading({ a: 1 }), reading(3), reading([1, 2]), reading([3])]
  ],
  [
    "escapes",
    [reading(1, 'a"b'), reading(2, "b"), reading(3, "c\\"), reading(4, "\\"), reading(5, "\n"), reading(6, "c")]
  ],
  [
    "a quote that is escaped just where the text seems to end",
    ['{"a":"x","b":"y"}', '{"a":"y","b":"z"}', '{"a":"q\\","b":"z"}']
  ],
  [
    "a name twice",
    ['{"a":1,"a":2}', '{"a":3,"a":2}', '{"a":4,"a":2}', '{"a":{"b":1},"a":{"b":2}}', '{"a":{"b":1},"a":{"b":3}}']
  ],
  [
    "names that objects have by themselves",
    ['{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}', '{"constructor":1}', '{"constructor":2}']
  ],
  ["names that are numbers", ['{"2":1,"1":"x"}', '{"2":2,"1":"y"}', '{"2":3,"1":"z"}']],
  ["spaces", [' { "a" : 1 , "b" : [ 1 , 2 ] } ', ' { "a" : 2 , "b" : [ 1 , 3 ] } ', ' { "a" : 3 , "b" : [ 1 , 4 ] }']],
  [
    "a line cut short",
    ['{"a":1,"b":"x"}', '{"a":2,"b":"y"}', '{"a":3,"b":"', '{"a":3,"b":"z"', '{"a":3', '{"a":4,"b":"z"}']
  ],
  ["text after the end", ['{"a":1}', '{"a":2}', '{"a":3}}', '{"a":4},', '{"a":5} x', '{"a":6}']],
  ["control characters", ['{"a":"x"}', '{"a":"y"}', '{"a":"\u0001"}', '{"a":"\t"}', '{"a":"\u007f"}']],
  ["what is no object", ["1", "2", '"a"', "[1]", "[2]", "null", "", "nonsense"]],
  ["deep nesting", [1, 2, 3].map((end) => '{"a":'.repeat(20) + end + "}".repeat(20))],
  ["more shapes than are kept", Array.from({ length: 100 }, (_, n) => `{"a${n % 40}":${n},"b":"${n}"}`)]
])("parses what JSON.parse does, the same way: %s", (_, lines) => expectEqual([...lines, ...lines]));

it("reads every way to write a number as JSON.parse does, and no other", () => {
  const numbers = [
    "0",
    "-0",
    "0.0",
    "-0.0",
    "1",
    "-1",
    "00",
    "01",
    "-01",
    "1.",
    ".5",
    "-",
    "+1",
    "1e5",
    "1E-5",
    "1e+5"
  ];
  numbers.push(
    "1e",
    "1e+",
    "1e400",
    "-1e400",
    "1e-400",
    "123456789012345",
    "1234567890123456789",
    "0.1",
    "0.30000000000000004"
  );
  numbers.push(
    "5.55074712345",
    "0.000000000000001",
    "1.7976931348623157e308",
    "9007199254740993",
    "1 2",
    "1.5.5",
    "0x1",
    "NaN",
    "Infinity"
  );
  expectEqual(["3", "4", ...numbers].map((number) => `{"value":${number},"units":"mg/dL"}`));
  // At the very end there is nothing behind.
  for (const number of numbers) expectEqual(['{"a":1}', '{"a":2}', `{"a":${number}`]);
});

it("reads any number that is written out as JSON.parse does", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.double(), fc.float(), fc.integer(), fc.maxSafeInteger()), { minLength: 3 }),
      (numbers) => expectEqual(numbers.map((number) => `{"value":${String(number)},"type":"cbg"}`))
    )
  );
});

it("parses like JSON.parse whatever comes, and whatever was changed in it", () => {
  const ascii = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });
  const leaf = fc.oneof(ascii, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
  const record = fc.record({
    type: fc.constantFrom("cbg", "smbg"),
    value: leaf,
    id: ascii,
    more: fc.jsonValue({ maxDepth: 2 })
  });
  const change = fc.record({
    at: fc.nat(),
    by: fc.constantFrom('"', "\\", "{", "}", ",", ":", "0", "e", "-", ".", " ", "")
  });
  const line = fc.tuple(record, fc.option(change, { freq: 3 })).map(([object, changed]) => {
    // Only ASCII comes here.
    const text = JSON.stringify(object).replace(/[^\0-\x7f]/gu, "?");
    if (changed === null) return text;
    const at = changed.at % text.length;
    return text.slice(0, at) + changed.by + text.slice(at + 1);
  });
  fc.assert(fc.property(fc.array(line, { minLength: 2, maxLength: 40 }), expectEqual), { numRuns: 300 });
});

it("needs JSON.parse for the first few of a make only", () => {
  const lines = Array.from({ length: 100 }, (_, n) => reading(n, `r-${n}`, n % 3 === 0 ? { trend: "constant" } : {}));
  const text = asciiText(lines.join("\n"));
  const parser = new SpeculativeParser();
  const objects = new Set<unknown>();
  let from = 0;
  for (const { length } of lines) {
    objects.add(parser.parse(text, from, from + length));
    from += length + 1;
  }
  // Two of each make are parsed anew, the second of them to see what differs; more only until all that differs was seen.
  expect(objects.size).toBeLessThan(8);
});
