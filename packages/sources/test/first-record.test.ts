import { readTidepool, UnreadableInput } from "@tideway/sources";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, readAll } from "./read.ts";

const cbg = (value: number) => ({
  type: "cbg",
  time: "2026-03-01T08:00:00Z",
  units: "mg/dL",
  value,
  deviceId: "Ø-{1}"
});
const datums = Array.from({ length: 40 }, (_, index) => cbg(100 + index));
const lines = datums.map((datum) => JSON.stringify(datum)).join("\n");

/** Those datums of a reading that are what was written, and how many entries there are besides. */
const readWell = async (input: string | Uint8Array, sizes: ReadonlyArray<number> = []) => {
  const { entries } = await readAll(input, { sizes });
  const written = new Set(datums.map((datum) => JSON.stringify(datum)));
  const good = entries.filter((entry) => {
    try {
      return "text" in entry && written.has(JSON.stringify(JSON.parse(entry.text)));
    } catch {
      return false;
    }
  });
  return { good: good.length, bad: entries.length - good.length, entries };
};

describe("a bad record at the front costs itself alone", () => {
  it.each([
    ["a line of 5 MB that is a datum too long", `{"type":"food","notes":["${"x".repeat(5_000_000)}"]}`],
    ["a line of 5 MB of anything", "x".repeat(5_000_000)],
    ["70 kB of junk", "junk ".repeat(14_000)],
    ["an empty list", "[]"],
    ["an empty object", "{}"],
    ["a list with a datum in it", JSON.stringify([{ type: "food" }])],
    ["a line of a log", "[2026-03-01T08:00:00] INFO can't open \"x"],
    ["a line of a log without a space", "[INFO]started"],
    ["a line of a log with a brace", "[main] {starting"],
    ["a datum cut short", '{"type":"cbg","val'],
    ["the end of a datum", 'ue":100,"units":"mg/dL"}'],
    ["a NUL", "\0"],
    ["a number", "12"],
    ["a text", '"cbg"'],
    ["null", "null"],
    ["the head of a CSV file", "time,value"]
  ])("in lines: %s", async (_, first) => {
    for (const end of ["\n", "\r\n"]) {
      const input = `${first}${end}${lines.replaceAll("\n", end)}${end}`;
      expect(await readWell(input)).toMatchObject({ good: 40, bad: 1 });
    }
  });

  it("in lines: two bad ones, long and short", async () => {
    expect(await readWell(`${"x".repeat(5_000_000)}\n[log]\n${"y".repeat(70_000)}\n${lines}`)).toMatchObject({
      good: 40,
      bad: 3
    });
  });

  it("counts the lines before the first datum", async () => {
    const { entries } = await readWell(`\n \n[log]\n\n${lines}`);
    expect(entries.slice(0, 2).map(({ at }) => at)).toEqual(["line 3", "line 5"]);
  });

  const array = (first: string, indent = 0) => {
    const text = JSON.stringify(datums, null, indent);
    return text.replace(/^\[\s*/u, (start) => `${start}${first},${start.slice(1)}`);
  };
  it.each([
    ["5 MB", `{"notes":["${"x".repeat(5_000_000)}"]}`],
    ["a datum without a colon", '{"type" "cbg"}'],
    ["null", "null"],
    ["a word", "oops"]
  ])("in a list: %s", async (_, first) => {
    expect(await readWell(array(first))).toMatchObject({ good: 40, bad: 1 });
    expect(await readWell(array(first, 2))).toMatchObject({ good: 40, bad: 1 });
  });

  it("in a list with an element on each line: one in which a quote is missing", async () => {
    const elements = datums.map((datum) => JSON.stringify(datum)).join(",\n");
    expect(await readWell(`[\n{"type":"cbg,"value":5},\n${elements}\n]`)).toMatchObject({ good: 40, bad: 1 });
    expect(await readWell(array('{\n    "type": "cbg,\n    "value": 5\n  }', 2))).toMatchObject({ good: 40, bad: 1 });
  });

  it.each(['{"type":"cbg,"value":5}', '{"type":cbg","value":5}', '{"value":5,"type":"cbg}', '{value":5,"type":"cbg"}'])(
    "in a list on one line: one in which a quote is missing: %s",
    async (first) => {
      expect(await readWell(array(first))).toMatchObject({ good: 40, bad: 1 });
      const text = datums.map((datum) => JSON.stringify(datum));
      const middle = `[${[...text.slice(0, 20), first, ...text.slice(20)].join(", ")}]`;
      expect(await readWell(middle, [11])).toMatchObject({ good: 40, bad: 1 });
    }
  );

  it.each(["# made by me", "[INFO] export begins", "x".repeat(70_000)])("before a list: %#", async (first) => {
    for (const indent of [0, 2]) {
      expect(await readWell(`${first}\n${JSON.stringify(datums, null, indent)}`)).toMatchObject({ good: 40, bad: 1 });
    }
  });

  it("in lists one after another, and datums after a list", async () => {
    const [one, other] = [JSON.stringify(datums.slice(0, 20)), JSON.stringify(datums.slice(20))];
    expect(await readWell(`${one}\n${other}\n`)).toMatchObject({ good: 40, bad: 0 });
    const after = datums.slice(20).map((datum) => `${JSON.stringify(datum)}\n`);
    expect(await readWell(`${one}\n${after.join("")}`)).toMatchObject({ good: 40, bad: 0 });
    const cut = `${one}\n${after.slice(0, 5).join("")}{"type":"cbg","value":\n${after.slice(5).join("")}`;
    expect(await readWell(cut)).toMatchObject({ good: 40, bad: 1 });
  });
});

describe("white space", () => {
  const spaces = async function* (bytes: number, then: string) {
    const piece = new Uint8Array(65_536).fill(0x20);
    for (let made = 0; made < bytes; made += piece.length) yield piece;
    yield bytesOf(then);
  };
  it.each([
    ["in front of lines", lines],
    ["in front of a list", JSON.stringify(datums)]
  ])("of 64 MB %s takes time in proportion", async (_, then) => {
    const read = async (bytes: number) => {
      const began = performance.now();
      let count = 0;
      for await (const page of readTidepool(spaces(bytes, then)).pages) count += page.length;
      expect(count).toBe(40);
      return performance.now() - began;
    };
    await read(2 ** 20);
    // The quicker of two: something else may have had the processor.
    const quicker = async (bytes: number) => Math.min(await read(bytes), await read(bytes));
    const [less, more] = [await quicker(2 ** 24), await quicker(2 ** 26)];
    // Four times as much; quadratic time would be sixteen times as long, and was minutes.
    expect(more).toBeLessThan(Math.max(less, 50) * 10);
  });

  it("between lines and after them is no line", async () => {
    const blank = " ".repeat(5_000_000);
    expect(await readWell(`${lines}\n${blank}\n${blank}`)).toMatchObject({ good: 40, bad: 0 });
  });
});

it("never throws anything but UnreadableInput, however an input was damaged, and reads it the same in any pieces", async () => {
  const sources = [
    lines,
    JSON.stringify(datums),
    JSON.stringify(datums, null, 1),
    datums.map((datum) => JSON.stringify({ ...datum, uploadId: "u", id: "c".repeat(32) })).join("\r\n")
  ].map(bytesOf);
  const change = fc.oneof(
    fc.record({ kind: fc.constant("cut"), at: fc.nat(), length: fc.integer({ min: 1, max: 400 }) }),
    fc.record({ kind: fc.constant("double"), at: fc.nat(), length: fc.integer({ min: 1, max: 400 }) }),
    fc.record({
      kind: fc.constant("put"),
      at: fc.nat(),
      bytes: fc.constantFrom(
        [0],
        [0, 0, 0, 0],
        [0xef, 0xbb, 0xbf],
        [0xff, 0xfe],
        [0xfe, 0xff],
        [0x0d, 0x0a],
        [0xe4],
        [0xc3],
        [0xed, 0xa0, 0x80],
        [0x22],
        [0x5c],
        [0x5b],
        [0x7d],
        [0x1a]
      )
    })
  );
  const apply = (
    bytes: Uint8Array,
    made: {
      readonly kind: string;
      readonly at: number;
      readonly length?: number;
      readonly bytes?: ReadonlyArray<number>;
    }
  ): Uint8Array => {
    // Near the front where it is small: there it hurts most.
    const at = made.at % 3 === 0 ? made.at % 8 : made.at % bytes.length;
    const to = made.kind === "cut" ? at + made.length! : at;
    const put = made.kind === "double" ? bytes.subarray(at, at + made.length!) : (made.bytes ?? []);
    return Uint8Array.from([...bytes.subarray(0, at), ...put, ...bytes.subarray(to)]);
  };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...sources),
      fc.array(change, { maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 4 }),
      async (source, changes, sizes) => {
        const damaged = changes.reduce<Uint8Array>(apply, source);
        const [once, split] = await Promise.allSettled([readAll(damaged), readAll(damaged, { sizes })]);
        expect(split).toEqual(once);
        if (once.status === "rejected") expect(once.reason).toBeInstanceOf(UnreadableInput);
      }
    ),
    { numRuns: 500 }
  );
});

it("loses no line but the one that was damaged", async () => {
  const all = lines.split("\n");
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: all.length - 1 }),
      fc.constantFrom("", "\0", "[", "]", "{", '"', "\uFEFF", "x".repeat(3000), "\ud800"),
      fc.nat(),
      async (number, junk, at) => {
        const damaged = all.map((line, index) => {
          if (index !== number) return line;
          const where = at % line.length;
          return line.slice(0, where) + junk + line.slice(where + (junk === "" ? 7 : 0));
        });
        expect((await readWell(damaged.join("\n"))).good).toBeGreaterThanOrEqual(39);
      }
    )
  );
});

it("keeps no more than a bounded part in memory of a line that does not end", async () => {
  const endless = async function* () {
    for (;;) yield new Uint8Array(65_536).fill(0x78);
  };
  const reading = readTidepool(endless(), { longest: 100_000 }).pages[Symbol.asyncIterator]();
  await expect(reading.next()).rejects.toMatchObject({ _tag: "UnreadableInput", code: "not-json" });
});
