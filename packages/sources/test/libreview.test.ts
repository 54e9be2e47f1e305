import { readFileSync } from "node:fs";
import { check } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import { fileOf, hasSamples, sample, samplePath } from "./input-files.ts";
import { type LibreviewCells, libreviewFile, type LibreviewLook, libreviewText } from "./libreview-file.ts";
import { type GivenOptions, openFiles } from "./open-files.ts";
import { readSource } from "./read-source.ts";

const berlin = { timezone: "Europe/Berlin" };
const time = "13-03-2026 08:00";
const serial = "987074C4-7C93-8385-7562-F82307E3041D";

const read = async (rows: ReadonlyArray<LibreviewCells>, look: LibreviewLook = {}, options: GivenOptions = berlin) => {
  const result = await readSource(libreviewFile(rows, look), options);
  for (const datum of result.datums) expect(check(datum)).toEqual({ ok: true });
  return result;
};

const idsOf = (datums: ReadonlyArray<{ readonly origin: { readonly id: string } }>) =>
  datums.map(({ origin }) => origin.id).sort();

describe("an export of LibreView", () => {
  it("becomes datums of every kind that it has", async () => {
    const { datums, problems, source } = await read([
      { time, type: 0, historic: 98 },
      { time: "13-03-2026 08:01", type: 1, scan: 101 },
      { time: "13-03-2026 08:02", type: 2, strip: 105 },
      { time: "13-03-2026 08:03", type: 3, ketone: 0.4 },
      { time: "13-03-2026 08:04", type: 4, rapid: 4 },
      { time: "13-03-2026 08:05", type: 4, meal: 3, correction: 1.5, change: -0.5 },
      { time: "13-03-2026 08:06", type: 4, long: 20 },
      { time: "13-03-2026 08:07", type: 5, carbs: 45 },
      { time: "13-03-2026 08:08", type: 6, notes: "with Yuri, at his birthday" },
      { time: "13-03-2026 08:09", type: 6 },
      { time: "13-03-2026 08:10", type: 5, unknownFood: "1" },
      { time: "13-03-2026 08:11", type: 5, servings: "2" },
      { time: "13-03-2026 08:12", type: 4, unknownRapid: "1" }
    ]);
    expect(problems).toEqual([]);
    const clock = (minute: number) => ({
      time: `2026-03-13T07:0${minute}:00.000Z`,
      deviceTime: `2026-03-13T08:0${minute}:00`,
      timezone: "Europe/Berlin",
      timezoneOffset: 60,
      deviceId: `FreeStyle LibreLink-${serial}`,
      origin: undefined
    });
    const rapid = { formulation: { simple: { actingType: "rapid" } } };
    expect(datums.map((datum) => ({ ...datum, origin: undefined }))).toEqual([
      { ...clock(0), type: "cbg", units: "mg/dL", value: 98 },
      { ...clock(1), type: "smbg", subType: "scanned", units: "mg/dL", value: 101 },
      { ...clock(2), type: "smbg", units: "mg/dL", value: 105 },
      { ...clock(3), type: "bloodKetone", units: "mmol/L", value: 0.4 },
      { ...clock(4), type: "insulin", dose: { total: 4, units: "Units" }, ...rapid },
      { ...clock(5), type: "insulin", dose: { total: 4, food: 3, correction: 1.5, units: "Units" }, ...rapid },
      {
        ...clock(6),
        type: "insulin",
        dose: { total: 20, units: "Units" },
        formulation: { simple: { actingType: "long" } }
      },
      { ...clock(7), type: "food", nutrition: { carbohydrate: { net: 45, units: "grams" } } }
    ]);
    expect(datums.map(({ origin }) => origin.id)).toEqual([
      `libreview:${serial}:2026-03-13T08:00:0:cbg`,
      `libreview:${serial}:2026-03-13T08:01:1:smbg`,
      `libreview:${serial}:2026-03-13T08:02:2:smbg`,
      `libreview:${serial}:2026-03-13T08:03:3:bloodKetone`,
      `libreview:${serial}:2026-03-13T08:04:4-rapid:insulin`,
      `libreview:${serial}:2026-03-13T08:05:4-rapid:insulin`,
      `libreview:${serial}:2026-03-13T08:06:4-long:insulin`,
      `libreview:${serial}:2026-03-13T08:07:5:food`
    ]);
    const { notes } = source.parts[0]!;
    expect(Object.fromEntries(notes.notMapped)).toEqual({
      note: 1,
      "empty record": 1,
      "food without an amount": 1,
      "food in servings of unknown size": 1,
      "insulin without an amount": 1
    });
    expect(JSON.stringify({ datums, notes })).not.toMatch(/Gagarin|birthday/u);
  });

  it.each([
    ["MM-DD-YYYY hh:mm AM/PM", "03-13-2026 08:00 PM", "2026-03-13T20:00:00"],
    ["DD-MM-YYYY HH:mm", "13-03-2026 20:00", "2026-03-13T20:00:00"],
    ["YYYY/MM/DD HH:mm", "2026/03/13 20:00", "2026-03-13T20:00:00"],
    ["DD/MM/YYYY HH:mm", "13/03/2026 20:00", "2026-03-13T20:00:00"],
    ["DD.MM.YYYY HH:mm", "13.03.2026 20:00", "2026-03-13T20:00:00"]
  ])("is read with times written as %s", async (_, text, deviceTime) => {
    const { datums } = await read([{ time: text, type: 0, historic: 98 }]);
    expect(datums).toMatchObject([{ deviceTime }]);
  });

  it("asks for the order of day and month where nothing tells it, and for the zone", async () => {
    const rows = ["01-02-2026 23:50", "02-02-2026 00:05", "03-02-2026 00:05"].map((text) => ({
      time: text,
      type: 0,
      historic: 98
    }));
    const look = { generated: "05-05-2026 10:00" };
    const source = await openFiles([libreviewFile(rows, look)]);
    expect(source.needs).toMatchObject([
      { kind: "timezone", examples: [{ row: 3, text: "01-02-2026 23:50" }] },
      { kind: "date-order", choices: ["dmy", "mdy"], examples: [{ row: 3, column: "Device Timestamp" }, { row: 5 }] }
    ]);
    const days = async (options: GivenOptions) =>
      (await read(rows, look, { ...berlin, ...options })).datums.map(({ deviceTime }) =>
        (deviceTime as string).slice(0, 10)
      );
    expect(await days({ dateOrder: "dmy" })).toEqual(["2026-02-01", "2026-02-02", "2026-02-03"]);
    expect(await days({ dateOrder: "mdy" })).toEqual(["2026-01-02", "2026-02-02", "2026-03-02"]);
    // The date on which the file was made is in the same order.
    const told = await openFiles([libreviewFile(rows, { generated: "25-05-2026 10:00" })], berlin);
    expect(told.needs).toEqual([]);
    expect(told.parts[0]?.notes.assumed).toMatchObject([{ code: "date-order" }]);
  });

  it("keeps what the sensor's range cut off, says so, and counts strips by a range of their own", async () => {
    const low = (threshold: number) => ({ annotations: [{ code: "bg/out-of-range", value: "low", threshold }] });
    const high = { annotations: [{ code: "bg/out-of-range", value: "high", threshold: 500 }] };
    const mmol = await read(
      [
        { time: "13-03-2026 08:00", type: 0, historic: "2,2" },
        { time: "13-03-2026 08:15", type: 0, historic: "27.8" },
        { time: "13-03-2026 08:30", type: 0, historic: "1.9" },
        { time: "13-03-2026 08:31", type: 2, strip: "1.9" },
        { time: "13-03-2026 08:32", type: 2, strip: "1.1" },
        { time: "13-03-2026 08:33", type: 1, scan: "LO" },
        { time: "13-03-2026 08:34", type: 1, scan: "HI" },
        { time: "13-03-2026 08:35", type: 3, ketone: "HI" }
      ],
      { units: "mmol/L" }
    );
    expect(mmol.problems).toEqual([]);
    expect(mmol.datums).toMatchObject([
      { value: 2.2, units: "mmol/L", ...low(40) },
      { value: 27.8, ...high },
      { value: 1.9, ...low(40) },
      { value: 1.9 },
      { value: 1.1, ...low(20) },
      { value: 2.16479, ...low(40) },
      { value: 27.80925, ...high },
      { type: "bloodKetone", value: 8.1, annotations: [{ code: "ketone/out-of-range", value: "high", threshold: 8 }] }
    ]);
    expect(mmol.datums[3]).not.toHaveProperty("annotations");
    const mgdl = await read([
      { time, type: 0, historic: 40 },
      { time: "13-03-2026 08:15", type: 0, historic: 41 },
      { time: "13-03-2026 08:30", type: 0, historic: 500 }
    ]);
    expect(mgdl.datums).toMatchObject([{ value: 40, ...low(40) }, { value: 41 }, { value: 500, ...high }]);
    expect(mgdl.datums[1]).not.toHaveProperty("annotations");
  });

  it("is read in another language, by the order of its columns", async () => {
    const headings =
      "Gerät,Seriennummer,Gerätezeitstempel,Aufzeichnungstyp,Glukosewert-Verlauf mmol/L,Glukose-Scan mmol/L,Nicht numerisches schnellwirkendes Insulin,Schnellwirkendes Insulin (Einheiten),Nicht numerische Nahrungsdaten,Kohlenhydrate (Gramm),Kohlenhydrate (Portionen),Nicht numerisches Depotinsulin,Depotinsulin (Einheiten),Notizen,Glukose-Teststreifen mmol/L,Keton mmol/L,Mahlzeiteninsulin (Einheiten),Korrekturinsulin (Einheiten),Insulin-Änderung durch Anwender (Einheiten)".split(
        ","
      );
    const rows = [
      { time, type: 0, historic: "5,8" },
      { time: "13-03-2026 08:04", type: 4, rapid: "4,5" }
    ];
    const { datums } = await read(rows, { headings, patient: "Yuri Gagarin,09-03-1934" });
    expect(datums).toMatchObject([{ value: 5.8, units: "mmol/L" }, { dose: { total: 4.5 } }]);
  });

  it.each([
    [15, 900_000],
    [5, 300_000],
    [1, 60_000]
  ])(
    "finds the interval of %i minutes in the spacing of the readings, in any order of rows",
    async (minutes, sampleInterval) => {
      const rows = Array.from({ length: 30 }, (_, index) => {
        // A minute more or less is usual.
        const wall = Date.parse("2026-03-13T00:00:00Z") + (index * minutes + (minutes > 1 ? index % 2 : 0)) * 60_000;
        const [date = "", clock = ""] = new Date(wall).toISOString().split("T");
        return {
          time: `${date.split("-").toReversed().join("-")} ${clock.slice(0, 5)}`,
          type: 0,
          historic: 100 + index
        };
      });
      const turned = rows.toSorted((one, other) => ((one.historic * 7) % 30) - ((other.historic * 7) % 30));
      for (const order of [rows, turned]) {
        const { datums } = await read(order);
        expect(new Set(datums.map((datum) => datum["sampleInterval"]))).toEqual(new Set([sampleInterval]));
      }
    }
  );

  it("does not tell readings apart that clocks showed in the same hour twice: it reports them, also where an answer was given", async () => {
    const rows = [
      { time: "10-31-2020 11:00 PM", type: 0, historic: 90 },
      { time: "11-01-2020 01:00 AM", type: 0, historic: 93 },
      { time: "11-01-2020 01:00 AM", type: 0, historic: 85 },
      { time: "11-01-2020 01:05 AM", type: 4, rapid: 2 },
      { time: "11-01-2020 02:00 AM", type: 0, historic: 88 }
    ];
    const newYork = { timezone: "America/New_York" };
    const { datums, problems } = await read(rows, {}, newYork);
    expect(datums.map(({ time: at }) => at)).toEqual(["2020-11-01T03:00:00.000Z", "2020-11-01T07:00:00.000Z"]);
    expect(problems.map(({ code, row }) => [code, row]).sort()).toEqual([
      ["time-occurs-twice", 4],
      ["time-occurs-twice", 5],
      ["time-occurs-twice", 6]
    ]);
    const answered = await read(rows, {}, { ...newYork, repeatedHour: "earlier" });
    expect(answered.datums.find(({ type }) => type === "insulin")?.time).toBe("2020-11-01T05:05:00.000Z");
    expect(answered.problems).toHaveLength(2);
  });

  it("reports what stands in an hour that clocks left out", async () => {
    const { datums, problems } = await read(
      [
        { time: "28-03-2021 00:46", type: 0, historic: 100 },
        { time: "28-03-2021 01:01", type: 0, historic: 101 },
        { time: "28-03-2021 02:02", type: 0, historic: 104 }
      ],
      {},
      { timezone: "Europe/London" }
    );
    expect(datums).toHaveLength(2);
    expect(problems).toMatchObject([{ code: "time-does-not-exist", row: 4, column: "Device Timestamp" }]);
  });

  it("keeps records of one minute apart, and copies of one record together", async () => {
    const { datums, problems } = await read([
      { time, type: 1, scan: 107 },
      { time, type: 1, scan: 93 },
      { time, type: 1, scan: 107 },
      { time, type: 4, rapid: 2 },
      { time, type: 4, rapid: 2 }
    ]);
    expect(datums.map(({ value, origin }) => [value, origin.id.split(":").slice(-2).join(":")])).toEqual([
      [undefined, "4-rapid:insulin"],
      [93, "1:smbg"],
      [107, "smbg:2"]
    ]);
    expect(problems.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual([
      "skipped repeated-row",
      "skipped repeated-row"
    ]);
  });

  it.each([
    ["a time that does not exist", { time: "31-02-2026 08:00", type: 0, historic: 98 }, "bad-time"],
    ["a time of the future", { time: "13-03-2161 08:00", type: 0, historic: 98 }, "in-the-future"],
    ["a reading without glucose", { time, type: 0 }, "glucose-blank"],
    ["glucose that is none", { time, type: 0, historic: "n/a" }, "glucose-not-a-number"],
    ["insulin that is none", { time, type: 4, rapid: "-3" }, "bad-amount"],
    ["ketones that are none", { time, type: 3, ketone: "80" }, "bad-ketone"]
  ])("refuses %s, and says where, without saying what", async (_, cells, code) => {
    const good = { time: "13-03-2026 09:00", type: 0, historic: 99 };
    const { datums, problems } = await read([cells, good], {}, { ...berlin, now: Date.parse("2026-11-26") });
    expect(datums).toHaveLength(1);
    expect(problems).toMatchObject([{ outcome: "rejected", code, row: 3 }]);
    expect(problems[0]?.message).not.toMatch(/2161|n\/a|-3|80|Gagarin/u);
  });

  it("refuses a row with bytes that are no text, and asks for the encoding where all of the file is in another one", async () => {
    const rows = [
      { time, type: 0, historic: 98 },
      { time: "13-03-2026 08:15", type: 5, carbs: 20, notes: "K\u00E4se" },
      { time: "13-03-2026 08:30", type: 0, historic: 99 }
    ];
    const { datums, problems } = await readSource(fileOf("a.csv", Buffer.from(libreviewText(rows), "latin1")), berlin);
    expect(datums.map(({ value }) => value)).toEqual([98, 99]);
    expect(problems).toMatchObject([{ outcome: "rejected", code: "undecodable", row: 4 }]);
    const headings = Array.from({ length: 19 }, (_, index) =>
      index === 15 ? "Keton mmol/L" : `\u00C4\u00F6\u00FC ${index} mg/dL`
    );
    const german = fileOf("a.csv", Buffer.from(libreviewText(rows, { headings }), "latin1"));
    await expect(openFiles([german], berlin)).rejects.toMatchObject({
      _tag: "UnreadableInput",
      code: "other-encoding"
    });
    const told = await readSource(german, { ...berlin, encoding: "windows-1252" });
    expect(told.datums).toHaveLength(3);
    expect(told.problems).toEqual([]);
  });

  it("asks for the units where headings and values disagree", async () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({
      time: `13-03-2026 0${Math.floor(index / 6)}:${index % 6}5`,
      type: 0,
      historic: 5 + index / 10
    }));
    const source = await openFiles([libreviewFile(rows)], berlin);
    expect(source.needs).toMatchObject([{ kind: "units" }]);
    expect((await read(rows, {}, { ...berlin, units: "mmol/L" })).datums).toHaveLength(40);
  });

  describe.skipIf(!hasSamples)("in ../shared/samples", () => {
    const paths = [
      [
        "libreview/us_mgdl_12h.csv",
        "America/Los_Angeles",
        900_000,
        { cbg: 3562, smbg: 317 },
        { "empty record": 99, note: 3, "food without an amount": 3 }
      ],
      [
        "libreview/FreeStyle_Libre_3_synthetic.csv",
        "Europe/Berlin",
        300_000,
        { cbg: 4305, smbg: 316 },
        { "empty record": 936 }
      ]
    ] as const;
    const lines = (path: string) => readFileSync(samplePath(path), "utf8").trimEnd().split(/\r?\n/u);

    it.each(paths)(
      "%s gives what a count of its raw lines gives",
      async (path, timezone, sampleInterval, counts, notMapped) => {
        const { datums, problems, source } = await readSource(await sample(path), { timezone });
        for (const datum of datums) expect(check(datum)).toEqual({ ok: true });
        expect(problems.filter(({ outcome }) => outcome === "rejected")).toEqual([]);
        // By position in lines whose cells hold no commas, and the date cut out of its text.
        const american = path.includes("us_");
        const raw = lines(path)
          .slice(2)
          .map((line) => line.split(","));
        const clock = (text: string) => {
          const [, a = "", b = "", year = "", hour = "", minute = "", half] =
            /^(..)-(..)-(....) (..):(..)(?: (.M))?$/u.exec(text)!;
          const [month, day] = american ? [a, b] : [b, a];
          const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === "PM" ? 12 : 0);
          return `${year}-${month}-${day}T${String(hours).padStart(2, "0")}:${minute}:00`;
        };
        const historic = raw.filter((cells) => cells[3] === "0");
        const cbg = datums.filter(({ type }) => type === "cbg");
        expect(cbg.map(({ value, deviceTime }) => [value, deviceTime])).toEqual(
          historic.map((cells) => [Number(cells[4]), clock(cells[2]!)])
        );
        const scans = new Set(
          raw.filter((cells) => cells[3] === "1").map((cells) => `${clock(cells[2]!)} ${cells[5]}`)
        );
        const smbg = datums.filter(({ type }) => type === "smbg");
        expect(new Set(smbg.map(({ value, deviceTime }) => `${deviceTime} ${value}`))).toEqual(scans);
        expect({ cbg: cbg.length, smbg: smbg.length }).toEqual(counts);
        expect(datums).toHaveLength(cbg.length + smbg.length);
        const offset = american ? "-07:00" : "+01:00";
        expect(cbg[0]?.time).toBe(new Date(`${clock(historic[0]![2]!)}${offset}`).toISOString());
        expect(cbg.at(-1)?.time).toBe(new Date(`${clock(historic.at(-1)![2]!)}${offset}`).toISOString());
        const values = historic.map((cells) => Number(cells[4]));
        const mean = (numbers: ReadonlyArray<number>) =>
          numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
        expect(mean(cbg.map(({ value }) => value as number))).toBeCloseTo(mean(values), 9);
        const inRange = (numbers: ReadonlyArray<number>) =>
          numbers.filter((value) => value >= 70 && value <= 180).length;
        expect(inRange(cbg.map(({ value }) => value as number))).toBe(inRange(values));
        expect(new Set(cbg.map((datum) => datum["sampleInterval"]))).toEqual(new Set([sampleInterval]));
        expect(Object.fromEntries(source.parts[0]!.notes.notMapped)).toEqual(notMapped);
      }
    );

    it.each(paths)(
      "%s gives the same ids however it was shuffled, split, doubled or saved again",
      async (path, timezone) => {
        const [first = "", headings = "", ...rows] = lines(path);
        const ids = async (...texts: ReadonlyArray<string | Uint8Array>) => {
          const files = texts.map((text, index) => fileOf(`${index}.csv`, text));
          return [...new Set(idsOf((await readSource(files, { timezone })).datums))].sort();
        };
        const whole = [first, headings, ...rows].join("\r\n");
        const expected = await ids(whole);
        const shuffled = rows.toSorted((one, other) => (one.slice(-30) < other.slice(-30) ? -1 : 1));
        expect(await ids([first, headings, ...shuffled].join("\n"))).toEqual(expected);
        const half = rows.length >> 1;
        expect(
          await ids(
            [first, headings, ...rows.slice(0, half)].join("\n"),
            [first, headings, ...rows.slice(half)].join("\n")
          )
        ).toEqual(expected);
        expect(await ids(`${whole}\r\n${whole}`)).toEqual(expected);
        expect(await ids(`\uFEFF${whole.replaceAll(",", ";")}`)).toEqual(expected);
        expect(await ids(Buffer.from(`\uFEFF${whole.replaceAll(",", "\t")}`, "utf16le"))).toEqual(expected);
        // As Excel writes dates that it took for its own: without zeros, with strokes.
        if (path.includes("us_")) {
          const excel = whole.replaceAll(
            /,0?(\d+)-0?(\d+)-(\d{4}) 0?(\d+):(\d\d) ([AP])M/gu,
            (_, month, day, year, hour, minute, half) => {
              const hours = (Number(hour) % 12) + (half === "P" ? 12 : 0);
              return `,${month}/${day}/${year} ${hours}:${minute}`;
            }
          );
          expect(await ids(excel)).toEqual(expected);
        }
      }
    );
  });

  it("is no other format's, and LibreView's own by content alone", async () => {
    const text = libreviewText([{ time, type: 0, historic: 98 }]);
    const { source } = await readSource(fileOf("Clarity_Export.csv", text), berlin);
    expect(source.parts).toMatchObject([{ format: { id: "libreview", name: "Abbott LibreView CSV" } }]);
  });
});
