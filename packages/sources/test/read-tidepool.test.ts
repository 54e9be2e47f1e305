import { readTidepool, type Entry } from "@tideway/sources";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, datumsOf, readAll } from "./read.ts";

const cbg = (value: number) => ({
  type: "cbg",
  time: "2026-03-01T08:00:00Z",
  units: "mg/dL",
  value,
  deviceId: "Ø-{1}"
});
const three = [cbg(100), cbg(101), cbg(102)];
const lines = (end: string) => three.map((datum) => JSON.stringify(datum) + end).join("");

describe("an input in one of the forms people have", () => {
  const utf16 = (text: string) => Uint8Array.from(Buffer.from(`\uFEFF${text}`, "utf16le"));
  it.each([
    ["a JSON array on one line", JSON.stringify(three), "array", "element 2"],
    ["a JSON array spread over lines", JSON.stringify(three, null, 2), "array", "element 2"],
    ["an array with a comma too many", JSON.stringify(three).replace("]", ",]"), "array", "element 2"],
    ["an array with a byte order mark", `\uFEFF${JSON.stringify(three)}`, "array", "element 2"],
    ["one datum a line", lines("\n"), "lines", "line 2"],
    ["one datum a line with Windows line ends", lines("\r\n"), "lines", "line 2"],
    ["lines with a byte order mark", `\uFEFF${lines("\n")}`, "lines", "line 2"],
    ["lines without a last line end", lines("\n").trimEnd(), "lines", "line 2"],
    ["lines with empty ones between", lines("\n\n \n"), "lines", "line 4"],
    ["UTF-16 lines, as PowerShell writes them", utf16(lines("\r\n")), "lines", "line 2"],
    ["a UTF-16 array", utf16(JSON.stringify(three)), "array", "element 2"],
    ["an array with two byte order marks", `\uFEFF\uFEFF${JSON.stringify(three)}`, "array", "element 2"],
    ["an array behind a space that is none in JSON", `\u00a0${JSON.stringify(three)}`, "array", "element 2"]
  ])("gives its datums, in order and with their places: %s", async (_, input, form, second) => {
    const { entries, notes } = await readAll(input);
    expect(datumsOf(entries)).toEqual(three);
    expect(entries[1]!.at).toBe(second);
    expect(notes).toEqual({ form, linksLost: 0 });
  });

  it("passes what was written for upload on as the very text that it is", async () => {
    const text = '{ "type":"cbg",  "value": 1e2 }';
    expect((await readAll(`[${text} , ${text}]`)).entries[1]).toEqual({ text, at: "element 2" });
    expect((await readAll(`${text}\r\n`)).entries).toEqual([{ text, at: "line 1" }]);
  });

  it("gives nothing for an empty list, which is no mistake", async () => {
    expect((await readAll(" [ ] \n")).entries).toEqual([]);
  });
});

describe("an input that is not read to its end", () => {
  it.each([
    ["after the first page", lines("\n")],
    ["because it cannot be read", "no JSON at all\n"]
  ])("is closed: %s", async (_, text) => {
    let closed = false;
    const endless = async function* () {
      try {
        for (;;) yield bytesOf(text);
      } finally {
        closed = true;
      }
    };
    const iterator = readTidepool(endless()).pages[Symbol.asyncIterator]();
    await iterator.next().catch(() => {});
    await iterator.return?.();
    expect(closed).toBe(true);
  });
});

describe("an input that cannot be read as a whole", () => {
  it.each([
    ["nothing at all", "", "empty"],
    ["only white space", " \n\n", "empty"],
    ["a sentence", "Hello there\nand good bye\n", "not-json"],
    ["a CSV file", "Index,Timestamp\n1,2026-01-01T00:00:00\n", "not-json"],
    ["a cut-off single line", '{"type":"cbg","val', "not-json"],
    ["an object with the list inside", JSON.stringify({ data: three }), "not-a-list"],
    ["an object spread over lines", JSON.stringify({ data: three }, null, 2), "not-a-list"],
    ["a single datum spread over lines", JSON.stringify(cbg(100), null, 2), "not-a-list"],
    ["an Excel sheet", "PK\u0003\u0004rest", "zip"]
  ])("is refused with what it seems to be: %s", async (_, input, code) => {
    await expect(readAll(input)).rejects.toMatchObject({ _tag: "UnreadableInput", code });
  });

  it("never shows what stands in it", async () => {
    await expect(readAll("Name: Jane Roe, glucose 54")).rejects.not.toThrow(/Jane|54/u);
  });
});

describe("an input that is unreadable in part", () => {
  const bad = '{"type":"cbg" "value":}';

  it.each([
    ["a line in the middle", `${JSON.stringify(three[0])}\n${bad}\n${JSON.stringify(three[2])}\n`, "line 2"],
    ["an element in the middle", `[${JSON.stringify(three[0])},${bad},${JSON.stringify(three[2])}]`, "element 2"],
    ["the first line", `${bad}\n${lines("\n")}`, "line 1"],
    ["a first line that is a remark", `# made by me\n${lines("\n")}`, "line 1"],
    ["a first line that opens lists in a list", `[[[\n${lines("\n")}`, "line 1"],
    ["a first line that breaks off inside a list", `[{"a":\n${lines("\n")}`, "line 1"]
  ])("gives the rest, and the unreadable part at its place: %s", async (_, input, at) => {
    const { entries } = await readAll(input);
    const unreadable = entries.filter((entry) => "problem" in entry || !isJson(entry));
    expect(unreadable.map((entry) => entry.at)).toEqual([at]);
    expect(entries.length).toBeGreaterThanOrEqual(3);
  });

  it("tells the end of an array that was cut short, after everything before it", async () => {
    const whole = JSON.stringify(three);
    const inside = await readAll(whole.slice(0, -20));
    expect(datumsOf(inside.entries)).toEqual([three[0], three[1], "cut-short"]);
    expect(inside.entries[2]!.at).toBe("element 3");
    const between = await readAll(whole.slice(0, -1));
    expect(datumsOf(between.entries)).toEqual([...three, "cut-short"]);
    expect(between.entries[3]!.at).toBe("after element 3");
  });

  it("tells text after the end of an array", async () => {
    const { entries } = await readAll(`${JSON.stringify(three)}\nand more`);
    expect(datumsOf(entries)).toEqual([...three, "text-after-end"]);
  });

  it("takes numbers, words and nulls between datums as elements of their own", async () => {
    const { entries } = await readAll('[null, 5 ,"a,]b", oops , {"type":"cbg"} {"type":"smbg"}]');
    expect(entries.map((entry) => "text" in entry && entry.text.trim())).toEqual([
      "null",
      "5",
      '"a,]b"',
      "oops",
      '{"type":"cbg"}',
      '{"type":"smbg"}'
    ]);
  });

  it("passes over a line that is too long to be a datum, in bounded memory", async () => {
    const input = `${JSON.stringify(three[0])}\n{"x":"${"y".repeat(5_000)}"}\n${JSON.stringify(three[2])}\n`;
    for (const sizes of [[], [64], [1000, 7]]) {
      const { entries } = await readAll(input, { longest: 1_000, sizes });
      expect(datumsOf(entries)).toEqual([three[0], "too-long", three[2]]);
      expect(entries[1]!.at).toBe("line 2");
    }
  });

  it("passes over an element that is too long, however its bytes arrive", async () => {
    const input = `[${JSON.stringify(three[0])},{"x":"${"y".repeat(5_000)}"},${JSON.stringify(three[2])}]`;
    for (const sizes of [[], [64], [1000, 7]]) {
      const { entries } = await readAll(input, { longest: 1_000, sizes });
      expect(datumsOf(entries)).toEqual([three[0], "too-long", three[2]]);
      expect(entries[1]!.at).toBe("element 2");
    }
  });

  it("waits for the end of a first line that is longer than a piece", async () => {
    const long = { ...three[0], payload: { x: "y".repeat(200_000) } };
    const input = `${JSON.stringify(long)}\n${JSON.stringify(three[1])}\n`;
    for (const sizes of [[], [65_536], [1_000]]) {
      const { entries } = await readAll(input, { sizes });
      expect(datumsOf(entries)).toEqual([long, three[1]]);
    }
  });

  it("stops at an element that never ends", async () => {
    const input = `[${JSON.stringify(three[0])},{"x":"${"y".repeat(5_000)}`;
    const { entries } = await readAll(input, { longest: 1_000, sizes: [64] });
    expect(datumsOf(entries)).toEqual([three[0], "too-long"]);
  });
});

const isJson = (entry: Entry) => {
  try {
    JSON.parse("text" in entry ? entry.text : "");
    return true;
  } catch {
    return false;
  }
};

describe("the way the bytes arrive", () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  const datum = fc.record({ type: fc.string(), uploadId: fc.option(fc.string(), { nil: undefined }), more: json });
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

  it("makes no difference: any split of the bytes gives the same entries", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(datum, { minLength: 1 }),
        sizes,
        fc.constantFrom(0, 2),
        async (datums, sizes, indent) => {
          const array = JSON.stringify(datums, null, indent);
          const whole = await readAll(array);
          expect((await readAll(array, { sizes })).entries).toEqual(whole.entries);
          const plain = datums.filter(({ uploadId }) => uploadId === undefined);
          if (plain.length < datums.length) return;
          expect(datumsOf(whole.entries)).toEqual(JSON.parse(array));
          const ndjson = datums.map((each) => JSON.stringify(each)).join("\n");
          expect(datumsOf((await readAll(ndjson, { sizes })).entries)).toEqual(JSON.parse(array));
        }
      ),
      { numRuns: 200 }
    );
  });

  it("makes no difference for an input that was cut or damaged anywhere", async () => {
    const whole = bytesOf(JSON.stringify(three));
    const at = fc.integer({ min: 1, max: whole.length - 1 });
    await fc.assert(
      fc.asyncProperty(at, fc.constantFrom(...'[]{},:"\\x0 \n'), sizes, async (position, character, sizes) => {
        for (const damaged of [
          whole.slice(0, position),
          Uint8Array.from(whole, (byte, index) => (index === position ? character.charCodeAt(0) : byte))
        ]) {
          const [once, split] = await Promise.allSettled([readAll(damaged), readAll(damaged, { sizes })]);
          expect(split).toEqual(once);
        }
      }),
      { numRuns: 300 }
    );
  });
});
