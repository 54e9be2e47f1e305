import { check } from "@tideway/schemas";
import { AnswersNeeded, type Format, UnreadableInput } from "@tideway/sources";
import { describe, expect, it } from "vitest";
import { clarityText } from "./clarity-file.ts";
import { fileOf, hasSamples, sample, zipOf } from "./input-files.ts";
import { openFiles } from "./open-files.ts";
import { readSource } from "./read-source.ts";

const cbg = { type: "cbg", time: "2026-03-01T08:00:00Z", units: "mmol/L", value: 5.5 };
const lines = (...datums: ReadonlyArray<unknown>) => datums.map((datum) => `${JSON.stringify(datum)}\n`).join("");

/** Each line beginning with its word is a datum. */
const worded = (id: string, word: string, certainty: "certain" | "likely" = "certain"): Format => ({
  id,
  name: `${id}'s format`,
  detect: ({ text }) => (text.startsWith(word) ? { certainty, evidence: [`it begins with ${word}`] } : undefined),
  load: async () => async (files, options, notes) => ({
    needs:
      options.timezone === undefined
        ? [{ kind: "timezone", files: files.map(({ name }) => name), message: "Which zone?", examples: [] }]
        : [],
    async *read() {
      notes.skip("empty line");
      yield files.map(({ name }) => ({ datum: { type: id, name }, at: "row 1" }));
    }
  })
});

describe("openSource", () => {
  it("reads datums as they are, each time from the start", async () => {
    const source = await openFiles([fileOf("anything.csv", lines(cbg, cbg))]);
    expect(source.parts).toMatchObject([{ format: { id: "tidepool" }, files: ["anything.csv"] }]);
    for (let turn = 0; turn < 2; turn++) {
      const places: Array<string> = [];
      for await (const page of source.pages) places.push(...page.map(({ at }) => at));
      expect(places).toEqual(["line 1", "line 2"]);
    }
  });

  it("says the file of a line where there are several", async () => {
    const source = await openFiles([fileOf("a.json", lines(cbg)), fileOf("b.json", "[1]")]);
    const entries: Array<[string, string]> = [];
    for await (const page of source.pages) {
      for (const entry of page) entries.push([entry.at, "text" in entry ? entry.text : ""]);
    }
    expect(entries).toEqual([
      ["line 1 of a.json", JSON.stringify(cbg)],
      ["element 1 of b.json", "1"]
    ]);
  });

  it("goes by content, and says why", async () => {
    const formats = [worded("first", "one"), worded("second", "two")];
    const files = [fileOf("two.txt", "one"), fileOf("one.txt", "two"), fileOf("x", "one")];
    const { source, datums } = await readSource(files, { formats, timezone: "Europe/Berlin" });
    expect(source.parts).toMatchObject([
      { format: { id: "first" }, files: ["two.txt", "x"], evidence: ["it begins with one"] },
      { format: { id: "second" }, files: ["one.txt"], evidence: ["it begins with two"] }
    ]);
    expect(datums.map(({ name }) => name)).toEqual(["two.txt", "x", "one.txt"]);
    expect(source.parts[0]?.notes.notMapped).toEqual(new Map([["empty line", 1]]));
  });

  it("asks before it reads", async () => {
    const source = await openFiles([fileOf("a", "one")], { formats: [worded("first", "one")] });
    expect(source.needs).toMatchObject([{ kind: "timezone", files: ["a"] }]);
    await expect(source.pages[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(AnswersNeeded);
  });

  it("names both candidates and takes the one that is chosen", async () => {
    const formats = [worded("first", "o"), worded("second", "on"), worded("third", "one", "likely")];
    const file = fileOf("a", "one");
    const refusal = await openFiles([file], { formats }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ _tag: "UnreadableInput", code: "ambiguous-format" });
    expect((refusal as Error).message).toMatch(
      /first's format \(it begins with o\).*second's format \(it begins with on\)/u
    );
    const chosen = await openFiles([file], { formats, format: "second", timezone: "UTC" });
    expect(chosen.parts).toMatchObject([{ format: { id: "second" } }]);
    await expect(openFiles([file], { formats, format: "fourth" })).rejects.toMatchObject({ _tag: "InvalidOption" });
  });

  it.each([
    ["empty", "", "empty"],
    ["white space", " \n\t\n", "empty"],
    ["prose", "Dear doctor,\nhere are my values.\n", "unknown-format"],
    ["an unknown table", "Apples;Pears;Plums\n1;2;3\n", "unknown-format"],
    ["a PDF", "%PDF-1.7\n%\u00E2\u00E3\n", "unreadable-format"],
    [
      "LibreLinkUp",
      '{"data":{"graphData":[{"FactoryTimestamp":"1/2/2026 3:04:05 PM","ValueInMgPerDl":100}]}}',
      "unreadable-format"
    ],
    ["a sign-in page", "<!DOCTYPE html><html></html>", "unreadable-format"],
    ["an empty zip", new Uint8Array([0x50, 0x4b, 5, 6, ...new Uint8Array(18)]), "empty"],
    ["a damaged zip", new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0]), "damaged"]
  ])("says what is wrong with %s", async (name, content, code) => {
    const refusal = await openFiles([fileOf("secret name.bin", content)]).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UnreadableInput);
    expect(refusal).toMatchObject({ code });
    expect((refusal as Error).message).not.toMatch(/Apples|doctor|Plums/u);
    expect(name).toBeTruthy();
  });

  it("tells of the mapping where a table is of no known format, and only there", async () => {
    const refused = (content: string) => openFiles([fileOf("x", content)]).catch((error: Error) => error.message);
    expect(await refused("Apples;Pears;Plums\n1;2;3\n")).toMatch(/option mapping/u);
    expect(await refused("Dear doctor\nhere are my values\n")).not.toMatch(/mapping/u);
  });

  it("reads the others where one of several cannot be read, and counts that one", async () => {
    const { source, datums, problems } = await readSource([
      fileOf("report.pdf", "%PDF-1.4"),
      fileOf("a.json", lines(cbg))
    ]);
    expect(source.refused).toMatchObject([{ file: "report.pdf", error: { code: "unreadable-format" } }]);
    expect(problems).toMatchObject([{ outcome: "rejected", code: "unreadable-format", at: "report.pdf" }]);
    expect(datums).toEqual([cbg]);
  });

  it("reads the others of a format where one of its files cannot be read", async () => {
    const clarity = (name: string, encoding: BufferEncoding, device: string) =>
      fileOf(
        name,
        Buffer.from(
          clarityText([{ time: "2026-03-01T08:00:00", type: "EGV", glucose: 104, ticks: 5, device }]),
          encoding
        )
      );
    const umlauts = "\u00C4\u00D6\u00DC \u00E4\u00F6\u00FC ".repeat(9);
    const { source, datums, problems } = await readSource(
      [
        clarity("a.csv", "utf8", "iPhone"),
        clarity("b.csv", "latin1", umlauts),
        fileOf("c.json", '{"a":\n1}'),
        fileOf("d.json", lines(cbg))
      ],
      { timezone: "Europe/Berlin" }
    );
    expect(source.refused).toMatchObject([{ file: "b.csv", error: { code: "other-encoding" } }]);
    expect(source.parts.map(({ files }) => files)).toEqual([["a.csv"], ["c.json", "d.json"]]);
    expect(datums.map(({ type }) => type)).toEqual(["cbg", "cbg"]);
    expect(problems.map(({ at, outcome }) => `${outcome} ${at}`)).toEqual(["rejected b.csv", "rejected c.json"]);
  });

  it("reads the files that somebody has packed into an archive, and says which of them it does not read", async () => {
    const clarity = clarityText([{ time: "2026-03-01T08:00:00", type: "EGV", glucose: 104, ticks: 5 }]);
    const archive = zipOf("a.zip", {
      "mine/clarity.csv": clarity,
      "readme.txt": "For my doctor.",
      "b.json": lines(cbg)
    });
    const { source, datums, problems } = await readSource(archive, { timezone: "Europe/Berlin" });
    expect(source.parts.map(({ files }) => files)).toEqual([["a.zip/mine/clarity.csv"], ["a.zip/b.json"]]);
    expect(datums.map(({ value }) => value)).toEqual([104, 5.5]);
    expect(problems).toMatchObject([{ code: "unknown-format", at: "a.zip/readme.txt" }]);
    const nothing = openFiles([zipOf("a.zip", { "readme.txt": "For my doctor." })]);
    await expect(nothing).rejects.toMatchObject({
      code: "unknown-format",
      message: expect.stringContaining("a.zip is")
    });
  });

  it("refuses options that cannot be meant", async () => {
    const file = fileOf("a", lines(cbg));
    for (const options of [
      { timezone: "Berlin" },
      { timezone: "europe/berlin" },
      { travel: [{ from: "2026-01-01", timezone: "Europe/Berlin" }] },
      { timezone: "UTC", travel: [{ from: "1.1.2026", timezone: "Europe/Berlin" }] },
      { timezone: "UTC", travel: [{ from: "2026-13-01", timezone: "Europe/Berlin" }] },
      {
        timezone: "UTC",
        travel: [
          { from: "2026-02-01", timezone: "Asia/Tokyo" },
          { from: "2026-01-01", timezone: "UTC" }
        ]
      },
      { encoding: "utf-99" },
      { now: Number.NaN },
      { now: undefined as never }
    ]) {
      await expect(openFiles([file], options)).rejects.toMatchObject({ _tag: "InvalidOption" });
    }
  });

  it("asks for what is missing in plain words, and names the option where pages are read all the same", async () => {
    const file = fileOf("a.csv", clarityText([{ time: "2026-03-01T08:00:00", type: "EGV", glucose: 104, ticks: 5 }]));
    const { needs, pages } = await openFiles([file]);
    expect(needs.map(({ message }) => message)).toEqual([
      "a.csv holds times as a clock showed them, without a time zone. Say which zone the clock was set to, such as Europe/Berlin."
    ]);
    await expect(pages[Symbol.asyncIterator]().next()).rejects.toThrow(
      /Europe\/Berlin\. That is the option timezone\.$/u
    );
  });

  it("refuses archives that lead out of themselves or grow without end", async () => {
    for (const name of ["../../etc/passwd", "/etc/passwd", "C:/x.csv", "a\\..\\..\\b.csv"]) {
      await expect(openFiles([zipOf("a.zip", { [name]: "x" })])).rejects.toMatchObject({ code: "unsafe" });
    }
    const bomb = zipOf("a.zip", { "a.csv": new Uint8Array(64_000_000) });
    await expect(openFiles([bomb])).rejects.toMatchObject({ code: "unsafe" });
  });

  it.skipIf(!hasSamples).each(["device-Loop.json", "device-Tandem-G6.json", "example-from-j-jellyfish.json"])(
    "reads the sample tidepool/%s",
    async (name) => {
      const { source, datums, problems } = await readSource(await sample(`tidepool/${name}`));
      expect(source.parts).toMatchObject([{ format: { id: "tidepool" } }]);
      expect(datums.length).toBeGreaterThan(5);
      expect(datums.filter((datum) => !check(datum).ok)).toEqual([]);
      // Some records were stripped of their values before they were published: the platform refuses those.
      const codes = problems.flatMap(({ outcome, code: word }) => (outcome === "rejected" ? [word] : []));
      expect(new Set(codes)).toEqual(new Set(codes.length > 0 ? ["not-accepted"] : []));
    }
  );
});
