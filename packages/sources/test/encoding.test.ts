import { describe, expect, it } from "vitest";
import { bytesOf, datumsOf, readAll } from "./read.ts";

const food = (name: string, index = 0) => ({ type: "food", time: "2026-03-01T08:00:00Z", name, payload: { index } });
const asLines = (datums: ReadonlyArray<unknown>) => datums.map((datum) => `${JSON.stringify(datum)}\n`).join("");

const utf16le = (text: string) => Uint8Array.from(Buffer.from(text, "utf16le"));
const utf16be = (text: string) => Uint8Array.from(Buffer.from(text, "utf16le").swap16());
const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));
const joined = (...parts: ReadonlyArray<Uint8Array>) => Uint8Array.from(parts.flatMap((part) => [...part]));

const names = ["Käse", "Crème brûlée", "Jalapeño", "Smørrebrød"];
const foods = names.map((name, index) => food(name, index));

describe.each([
  ["lines", asLines],
  ["a list", (datums: ReadonlyArray<unknown>) => JSON.stringify(datums)]
])("%s", (_, write) => {
  it("in another encoding than UTF-8 as a whole is refused, with those that it may be in", async () => {
    for (const [bytes, encoding] of [
      [latin1(write(foods)), "windows-1252"],
      [utf16le(write(foods)), "utf-16le"],
      [utf16be(write(foods)), "utf-16be"]
    ] as const) {
      await expect(readAll(bytes)).rejects.toMatchObject({
        _tag: "UnreadableInput",
        code: "other-encoding",
        message: expect.stringContaining(`--encoding ${encoding}`)
      });
      expect(datumsOf((await readAll(bytes, { encoding })).entries)).toEqual(foods);
      expect(datumsOf((await readAll(bytes, { encoding, sizes: [1, 3] })).entries)).toEqual(foods);
    }
  });

  it("is read as its byte order mark says, whatever the option says", async () => {
    for (const bytes of [
      utf16le(`\uFEFF${write(foods)}`),
      utf16be(`\uFEFF${write(foods)}`),
      bytesOf(`\uFEFF${write(foods)}`)
    ]) {
      expect(datumsOf((await readAll(bytes, { encoding: "windows-1251" })).entries)).toEqual(foods);
    }
  });

  it("with bytes that are no UTF-8 in one record loses that record, says where, and reads the rest", async () => {
    const text = write([food("Brot", 0), food("K?se", 1), food("Grütze", 2)]);
    const at = bytesOf(text).indexOf("?".charCodeAt(0));
    const damaged = bytesOf(text);
    damaged[at] = 0xe4;
    for (const sizes of [[], [1], [7, 20]]) {
      const { entries } = await readAll(damaged, { sizes });
      expect(datumsOf(entries)).toEqual([food("Brot", 0), "undecodable", food("Grütze", 2)]);
      const entry = entries[1]!;
      expect(entry.at).toMatch(/^(?:line|element) 2$/u);
      expect("problem" in entry && entry.problem.message).toContain(`at byte ${at} of the input`);
    }
  });

  it("counts bytes with a byte order mark, and white space in front", async () => {
    const input = joined(bytesOf("\uFEFF \n "), bytesOf(write([food("Ø")])), Uint8Array.of(0x20));
    const at = input.indexOf(0xc3);
    input[at + 1] = 0x20;
    const { entries } = await readAll(input);
    expect("problem" in entries[0]! && entries[0].problem.message).toContain(`at byte ${at} of the input`);
  });

  it("takes no lone surrogate of UTF-16 for a character", async () => {
    const bytes = joined(Uint8Array.of(0xff, 0xfe), utf16le(write([food("a"), food("b?"), food("c")])));
    const at = bytes.findIndex((byte, index) => byte === 0x3f && bytes[index + 1] === 0);
    bytes.set([0x00, 0xd8], at);
    expect(datumsOf((await readAll(bytes)).entries)).toEqual([food("a"), "undecodable", food("c")]);
  });

  it("keeps a U+FFFD that was written as one", async () => {
    expect(datumsOf((await readAll(write([food("\uFFFD"), food("ä")]))).entries)).toEqual([food("\uFFFD"), food("ä")]);
  });
});

it.each([
  ["an overlong form", [0xc0, 0xaf]],
  ["a surrogate", [0xed, 0xa0, 0x80]],
  ["what is above the last code point", [0xf4, 0x90, 0x80, 0x80]],
  ["a character cut short", [0xe2, 0x82]],
  ["a byte that is never used", [0xff]]
])("refuses %s in a record", async (_, bytes) => {
  const line = (middle: ReadonlyArray<number>) =>
    joined(bytesOf('{"type":"food","name":"'), Uint8Array.from(middle), bytesOf('"}\n'));
  const good = line(bytesOf("é").values().toArray());
  const { entries } = await readAll(joined(good, line(bytes), good));
  expect(entries.map((entry) => ("problem" in entry ? entry.problem.code : entry.at))).toEqual([
    "line 1",
    "undecodable",
    "line 3"
  ]);
});

it("names encodings of several bytes first where the text looks so", async () => {
  const shiftJis = Uint8Array.of(0x83, 0x49, 0x83, 0x8a, 0x83, 0x58, 0x83, 0x67, 0x82, 0xb2, 0x94, 0xd1, 0x90, 0x56);
  const bytes = joined(bytesOf('{"type":"food","name":"'), shiftJis, bytesOf('"}\n'));
  await expect(readAll(bytes)).rejects.toThrow(/shift_jis/u);
  const { entries } = await readAll(bytes, { encoding: "Shift_JIS" });
  expect(datumsOf(entries)).toEqual([{ type: "food", name: "オリストご飯新" }]);
});

it("does not know an encoding that there is not, and reads no UTF-32", async () => {
  await expect(readAll("[]", { encoding: "latin-9000" })).rejects.toMatchObject({ code: "no-such-encoding" });
  await expect(readAll(Uint8Array.of(0xff, 0xfe, 0, 0, 0x5b, 0, 0, 0))).rejects.toMatchObject({
    code: "other-encoding"
  });
});

it("shows nothing of what stands in a damaged record", async () => {
  const { entries } = await readAll(joined(bytesOf('{"name":"Jane Roe'), Uint8Array.of(0xe4), bytesOf('"}\n{}\n')));
  expect(JSON.stringify(entries[0])).not.toMatch(/Jane|Roe/u);
});
