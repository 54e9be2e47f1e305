import { readFileSync } from "node:fs";
import { check } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import { type ClarityCells, clarityFile, type ClarityLook, clarityText } from "./clarity-file.ts";
import { fileOf, hasSamples, sample, samplePath } from "./input-files.ts";
import { type GivenOptions, openFiles } from "./open-files.ts";
import { readSource } from "./read-source.ts";

const reading = { time: "2026-03-01T08:00:00", type: "EGV", glucose: 104, ticks: 1_000_000 };
const berlin = { timezone: "Europe/Berlin" };

const read = async (rows: ReadonlyArray<ClarityCells>, look: ClarityLook = {}, options: GivenOptions = berlin) => {
  const result = await readSource(clarityFile(rows, look), options);
  for (const datum of result.datums) expect(check(datum)).toEqual({ ok: true });
  return result;
};

const idsOf = (datums: ReadonlyArray<{ readonly origin: { readonly id: string } }>) =>
  datums.map(({ origin }) => origin.id).sort();

describe("an export of Dexcom Clarity", () => {
  it("becomes datums of every kind that it has", async () => {
    const { datums, problems, source } = await read([
      { ...reading, rate: -1.5 },
      { time: "2026-03-01T08:01:00", type: "Insulin", subtype: "Fast-Acting", insulin: "3.5" },
      { time: "2026-03-01T08:02:00", type: "Insulin", subtype: "Long-Acting", insulin: "27" },
      { time: "2026-03-01T08:03:00", type: "Carbs", carbs: "45" },
      { time: "2026-03-01T08:04:00", type: "Calibration", glucose: 110, ticks: 1_000_240 },
      { time: "2026-03-01T08:05:00", type: "Exercise", subtype: "Light", duration: "00:20:00" },
      { time: "2026-03-01T08:06:00", type: "Health", subtype: "Illness" },
      { time: "2026-03-01T08:07:00", type: "Health", subtype: "Something new" }
    ]);
    expect(problems).toEqual([]);
    const device = "Dexcom-8ABCDE";
    const other = "Dexcom-iPhone G6";
    const clock = (minute: number) => ({
      time: `2026-03-01T07:0${minute}:00.000Z`,
      deviceTime: `2026-03-01T08:0${minute}:00`,
      timezone: "Europe/Berlin",
      timezoneOffset: 60
    });
    expect(datums.map((datum) => ({ ...datum, origin: undefined }))).toEqual([
      {
        ...clock(0),
        type: "cbg",
        units: "mg/dL",
        value: 104,
        trendRate: -1.5,
        trendRateUnits: "mg/dL/minute",
        sampleInterval: 300_000,
        deviceId: device
      },
      {
        ...clock(1),
        type: "insulin",
        dose: { total: 3.5, units: "Units" },
        formulation: { simple: { actingType: "rapid" } },
        deviceId: other
      },
      {
        ...clock(2),
        type: "insulin",
        dose: { total: 27, units: "Units" },
        formulation: { simple: { actingType: "long" } },
        deviceId: other
      },
      { ...clock(3), type: "food", nutrition: { carbohydrate: { net: 45, units: "grams" } }, deviceId: other },
      { ...clock(4), type: "deviceEvent", subType: "calibration", units: "mg/dL", value: 110, deviceId: device },
      {
        ...clock(5),
        type: "physicalActivity",
        duration: { value: 1200, units: "seconds" },
        reportedIntensity: "low",
        deviceId: other
      },
      { ...clock(6), type: "reportedState", states: [{ state: "illness" }], deviceId: other }
    ]);
    expect(idsOf(datums)).toEqual(
      [
        "dexcom-clarity:8ABCDE:1000000:cbg",
        "dexcom-clarity:2026-03-01T08:01:00:rapid:3.5:insulin",
        "dexcom-clarity:2026-03-01T08:02:00:long:27:insulin",
        "dexcom-clarity:2026-03-01T08:03:00:45:food",
        "dexcom-clarity:8ABCDE:1000240:deviceEvent",
        "dexcom-clarity:2026-03-01T08:05:00:low:1200:physicalActivity",
        "dexcom-clarity:2026-03-01T08:06:00:illness:reportedState"
      ].sort()
    );
    const { notes } = source.parts[0]!;
    expect(Object.fromEntries(notes.notMapped)).toEqual({
      "name or birthday": 3,
      "row without a time": 1,
      "alert setting": 1,
      "health event of another kind": 1
    });
    expect(notes.devices).toContainEqual({ id: device, model: "Dexcom G6 Mobile App" });
    expect(JSON.stringify({ datums, notes })).not.toContain("Yuri");
  });

  it("has Low and High beyond the sensor's range, in either unit", async () => {
    const rows = [
      { ...reading, subtype: "Low", glucose: "Low" },
      { ...reading, subtype: "High", glucose: "High", ticks: 1_000_300 }
    ];
    const low = { annotations: [{ code: "bg/out-of-range", value: "low", threshold: 40 }] };
    const high = { annotations: [{ code: "bg/out-of-range", value: "high", threshold: 400 }] };
    expect((await read(rows)).datums).toMatchObject([
      { value: 39, ...low },
      { value: 401, ...high }
    ]);
    const mmol = await read(rows, { units: "mmol/L" });
    expect(mmol.datums).toMatchObject([
      { value: 2.16479, units: "mmol/L", ...low },
      { value: 22.2585, units: "mmol/L", ...high }
    ]);
  });

  it("is read in another language, with its separator and decimal comma", async () => {
    const headings = [
      "Index",
      "Zeitstempel (JJJJ-MM-TTThh:mm:ss)",
      "Ereignisart",
      "Ereignissubtyp",
      "Patienteninfo",
      "Geräteinfo",
      "Quellgerät-ID",
      "Glukosewert (mmol/L)",
      "Insulinwert (u)",
      "Kohlenhydratwert (Gramm)",
      "Dauer (hh:mm:ss)",
      "Glukose-Änderungsrate (mmol/L/min)",
      "Transmitterzeit (lange ganze Zahl)",
      "Transmitter-ID"
    ];
    const { datums, problems } = await read(
      [
        { ...reading, glucose: "5,8", rate: "-0,11" },
        { ...reading, glucose: "Niedrig", subtype: "Niedrig", ticks: 1_000_300 },
        { time: "2026-03-01T08:01:00", type: "Insulin", subtype: "Schnell wirkend", insulin: "3,5" },
        { time: "2026-03-01T08:03:00", type: "Kohlenhydrate", carbs: "45" }
      ],
      { headings, delimiter: ";" }
    );
    expect(problems).toEqual([]);
    expect(datums).toMatchObject([
      { value: 5.8, units: "mmol/L", trendRate: -0.11, trendRateUnits: "mmol/L/minute" },
      { value: 2.16479 },
      { dose: { total: 3.5 }, formulation: { simple: { actingType: "rapid" } } },
      { nutrition: { carbohydrate: { net: 45 } } }
    ]);
  });

  it("is read where even the units are written in other letters", async () => {
    const headings = Array.from({ length: 14 }, (_, index) => `Столбец ${index}`)
      .with(1, "Метка времени (ГГГГ-ММ-ДДTчч:мм:сс)")
      .with(7, "Значение глюкозы (ммоль/л)")
      .with(11, "Скорость изменения глюкозы (ммоль/л/мин)");
    const rows = [
      { ...reading, glucose: "5,8" },
      { ...reading, glucose: "Высокий", ticks: 1_000_300 }
    ];
    const { datums, problems } = await read(rows, { headings, delimiter: ";" });
    expect(problems).toEqual([]);
    expect(datums).toMatchObject([
      { value: 5.8, units: "mmol/L" },
      { annotations: [{ code: "bg/out-of-range", value: "high", threshold: 400 }] }
    ]);
  });

  it("of 2020 has no transmitter's id, and ids all the same", async () => {
    const later = { ...reading, time: "2026-07-01T08:00:30" };
    const { datums } = await read([reading, later], { thirteen: true });
    expect(idsOf(datums)).toEqual([
      "dexcom-clarity:2026-03-01T08:00:1000000:cbg",
      "dexcom-clarity:2026-07-01T08:00:1000000:cbg"
    ]);
    expect(datums).toMatchObject([{ deviceId: "Dexcom-iPhone G6" }, {}]);
  });

  it("asks for the zone, with a row that shows why", async () => {
    const source = await openFiles([clarityFile([reading])]);
    expect(source.needs).toMatchObject([
      {
        kind: "timezone",
        files: ["Clarity_Export.csv"],
        examples: [{ row: 7, column: "Timestamp", text: reading.time }]
      }
    ]);
  });

  it("asks for the units where the values cannot be in those of the headings", async () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({
      ...reading,
      glucose: 4 + index / 4,
      ticks: 1_000_000 + 300 * index
    }));
    const source = await openFiles([clarityFile(rows)], berlin);
    expect(source.needs).toMatchObject([{ kind: "units", files: ["Clarity_Export.csv"] }]);
    const answered = await read(rows, {}, { ...berlin, units: "mmol/L" });
    expect(answered.datums).toHaveLength(40);
    expect(answered.datums[0]).toMatchObject({ value: 4, units: "mmol/L" });
    // An answer that nobody needed changes nothing.
    const sound = await read([reading], {}, { ...berlin, units: "mmol/L" });
    expect(sound.datums).toMatchObject([{ value: 104, units: "mg/dL" }]);
  });

  it("that a spreadsheet has saved with its own dates is read by the order of its country, or asked about", async () => {
    const american = [
      { ...reading, time: "3/1/2026 8:00" },
      { ...reading, time: "3/13/2026 8:05", ticks: 1_000_300 }
    ];
    const { datums, problems } = await read(american);
    expect(problems).toEqual([]);
    expect(datums.map(({ deviceTime }) => deviceTime)).toEqual(["2026-03-01T08:00:00", "2026-03-13T08:05:00"]);
    expect(idsOf(datums)).toEqual(["dexcom-clarity:8ABCDE:1000000:cbg", "dexcom-clarity:8ABCDE:1000300:cbg"]);
    const source = await openFiles([clarityFile(american.slice(0, 1))], berlin);
    expect(source.needs).toMatchObject([{ kind: "date-order", examples: [{ row: 7, text: "3/1/2026 8:00" }] }]);
    const told = await read(american.slice(0, 1), {}, { ...berlin, dateOrder: "dmy" });
    expect(told.datums).toMatchObject([{ deviceTime: "2026-01-03T08:00:00" }]);
  });

  /** Readings every five minutes over the night on which Romania put its clocks back, sorted by the clock as Clarity does. */
  const autumn = () => {
    const start = Date.parse("2023-10-28T22:00:40Z");
    const rows = Array.from({ length: 60 }, (_, index) => {
      const instant = start + index * 300_000;
      const offset = instant < Date.parse("2023-10-29T01:00:00Z") ? 3 : 2;
      const time = new Date(instant + offset * 3_600_000).toISOString().slice(0, 19);
      return { instant, cells: { ...reading, glucose: 100 + index, time, ticks: 8_000_000 + index * 300 } };
    });
    return rows.sort((one, other) => (one.cells.time < other.cells.time ? -1 : 1));
  };

  it("tells the two hours of one clock time apart by the transmitter's seconds, in any order of rows", async () => {
    const rows = autumn();
    for (const cells of [rows, rows.toReversed()]) {
      const { datums, problems } = await read(
        cells.map((row) => row.cells),
        {},
        { timezone: "Europe/Bucharest" }
      );
      expect(problems).toEqual([]);
      const times = Object.fromEntries(datums.map(({ origin, time }) => [origin.id, Date.parse(time)]));
      expect(times).toEqual(
        Object.fromEntries(rows.map(({ instant, cells: { ticks } }) => [`dexcom-clarity:8ABCDE:${ticks}:cbg`, instant]))
      );
    }
  });

  it("says which records stay unclear: those that have no transmitter's seconds", async () => {
    const bolus = { time: "2023-10-29T03:30:00", type: "Insulin", subtype: "Fast-Acting", insulin: 2 };
    const rows = [...autumn().map(({ cells }) => cells), bolus];
    const bucharest = { timezone: "Europe/Bucharest" };
    const { problems } = await read(rows, {}, bucharest);
    expect(problems).toMatchObject([{ outcome: "rejected", code: "time-occurs-twice", row: 67, column: "Timestamp" }]);
    const told = await read(rows, {}, { ...bucharest, repeatedHour: "later" });
    expect(told.problems).toEqual([]);
    expect(told.datums.find(({ type }) => type === "insulin")?.time).toBe("2023-10-29T01:30:00.000Z");
    // The transmitter's seconds know better than a general answer.
    const readings = (datums: typeof told.datums) => datums.filter(({ type }) => type === "cbg");
    expect(readings(told.datums)).toEqual(readings((await read(rows, {}, bucharest)).datums));
  });

  it("keeps the true moment where the clock was not put forward yet", async () => {
    const rows = Array.from({ length: 24 }, (_, index) => {
      const instant = Date.parse("2021-03-28T00:00:10Z") + index * 300_000;
      // London's clocks go from 1:00 to 2:00: this one goes on in winter time until 2:00.
      return {
        ...reading,
        time: new Date(instant).toISOString().slice(0, 19),
        ticks: 1_000_000 + index * 300,
        instant
      };
    }).filter(({ instant }) => instant < Date.parse("2021-03-28T01:30:00Z"));
    const { datums, problems } = await read(rows, {}, { timezone: "Europe/London" });
    expect(problems).toEqual([]);
    expect(datums.map(({ time }) => Date.parse(time))).toEqual(rows.map(({ instant }) => instant));
  });

  it("warns where the clock leapt against the transmitter, as it does in flight", async () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({
      ...reading,
      time: new Date(Date.parse("2026-03-01T08:00:00Z") + index * 300_000 - (index < 20 ? 0 : 6 * 3_600_000))
        .toISOString()
        .slice(0, 19),
      ticks: 1_000_000 + index * 300
    }));
    const { source, datums } = await read(rows);
    expect(datums).toHaveLength(40);
    expect(source.parts[0]?.notes.warnings).toMatchObject([{ code: "clock-jumped" }]);
    expect(source.parts[0]?.notes.warnings[0]?.message).toMatch(/once, first by -360 minutes in row 27/u);
    const travelled = await read(
      rows,
      {},
      { ...berlin, travel: [{ from: "2026-03-01T03:00", timezone: "America/New_York" }] }
    );
    expect(travelled.datums).toHaveLength(40);
  });

  it("has one record for one reading, be it displayed by two devices or written twice", async () => {
    const { datums, problems } = await read([
      reading,
      { ...reading, time: "2026-03-01T08:00:02", device: "Receiver" },
      { ...reading, ticks: 1_000_300 },
      { ...reading, ticks: 1_000_300 }
    ]);
    expect(datums).toHaveLength(2);
    expect(problems).toMatchObject([
      { outcome: "skipped", code: "repeated-row", row: 10 },
      { outcome: "skipped", code: "repeated-row", row: 8 }
    ]);
  });

  it.each([
    ["a time that does not exist", { ...reading, time: "2026-02-30T08:00:00" }, "bad-time"],
    ["a future beyond clocks", { ...reading, time: "2161-03-01T08:00:00" }, "in-the-future"],
    ["glucose that nothing measures", { ...reading, glucose: 5 }, "glucose-implausible"],
    ["no glucose", { ...reading, glucose: "" }, "glucose-blank"],
    ["words for glucose", { ...reading, glucose: "OK" }, "glucose-not-a-number"],
    [
      "a sensor's number that a spreadsheet has shortened",
      { ...reading, transmitter: "1.23457E+11" },
      "shortened-number"
    ],
    ["insulin that is none", { time: reading.time, type: "Insulin", insulin: "-2" }, "bad-amount"],
    ["insulin without an amount", { time: reading.time, type: "Insulin", insulin: "" }, "bad-amount"]
  ])("refuses %s, and says where, without saying what", async (_, cells, code) => {
    const { datums, problems } = await read(
      [cells, { ...reading, ticks: 5 }],
      {},
      { ...berlin, now: Date.parse("2026-11-26") }
    );
    expect(datums).toHaveLength(1);
    expect(problems).toMatchObject([{ outcome: "rejected", code, row: 7, file: "Clarity_Export.csv" }]);
    expect(problems[0]?.message).not.toMatch(/2161|1\.23|-2|iPhone/u);
  });

  it("does not take values under wrong headings where a row has a cell too many or was cut", async () => {
    const [headings = "", ...lines] = clarityText([reading, { ...reading, ticks: 1_000_300 }]).split("\r\n");
    const wide = [headings, lines[5]!.replace('"104"', '"","104","",""'), lines[6]!.slice(0, 40)].join("\r\n");
    const { datums, problems } = await readSource(fileOf("a.csv", wide), berlin);
    expect(datums).toEqual([]);
    expect(problems).toMatchObject([
      { code: "too-many-cells" },
      { code: expect.stringMatching(/too-few-cells|bad-quotes/u) }
    ]);
  });

  describe.skipIf(!hasSamples)("in ../shared/samples", () => {
    const path = "dexcom-clarity/Clarity_Export_synthetic.csv";
    const raw = () =>
      readFileSync(samplePath(path), "utf8")
        .split("\n")
        .slice(1)
        .filter((line) => line !== "");

    it("gives what a count of its raw lines gives", async () => {
      const { datums, problems, source } = await readSource(await sample(path), berlin);
      expect(problems).toEqual([]);
      for (const datum of datums) expect(check(datum)).toEqual({ ok: true });
      // By position in lines that hold no quotes: the columns of type, subtype and value.
      const lines = raw().map((line) => line.split(","));
      const egv = lines.filter((cells) => cells[2] === "EGV").map((cells) => ({ time: cells[1]!, value: cells[7]! }));
      const values = egv.map(({ value }) => (value === "Low" ? 39 : Number(value)));
      const cbg = datums.filter(({ type }) => type === "cbg");
      expect(cbg).toHaveLength(3922);
      expect(cbg.map(({ value }) => value)).toEqual(values);
      expect(cbg.map(({ deviceTime }) => deviceTime)).toEqual(egv.map(({ time }) => time.replace(" ", "T")));
      // In Berlin of 1961, there was no summer time.
      expect([cbg[0]?.time, cbg.at(-1)?.time]).toEqual([
        new Date(`${egv[0]!.time.replace(" ", "T")}+01:00`).toISOString(),
        new Date(`${egv.at(-1)!.time.replace(" ", "T")}+01:00`).toISOString()
      ]);
      const mean = (numbers: ReadonlyArray<number>) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
      const inRange = (numbers: ReadonlyArray<number>) => numbers.filter((value) => value >= 70 && value <= 180).length;
      expect(mean(cbg.map(({ value }) => value as number))).toBeCloseTo(mean(values), 9);
      expect(inRange(cbg.map(({ value }) => value as number))).toBe(inRange(values));
      expect(cbg.filter(({ annotations }) => annotations !== undefined)).toHaveLength(5);
      const insulin = datums.filter(({ type }) => type === "insulin");
      const units = lines.filter((cells) => cells[2] === "Insulin").map((cells) => Number(cells[8]));
      expect(insulin).toHaveLength(47);
      expect(insulin.map(({ dose }) => (dose as { total: number }).total)).toEqual(units);
      expect(new Set(idsOf(datums)).size).toBe(datums.length);
      expect(datums).toHaveLength(3922 + 47);
      expect(source.parts[0]?.notes.warnings).toMatchObject([{ code: "before-devices" }]);
      expect(Object.fromEntries(source.parts[0]!.notes.notMapped)).toEqual({
        "name or birthday": 2,
        "row without a time": 1,
        "alert setting": 7
      });
    });

    it("gives the same ids however it was shuffled, split, doubled or saved again", async () => {
      const [heading = "", ...lines] = readFileSync(samplePath(path), "utf8").trimEnd().split("\n");
      const ids = async (...texts: ReadonlyArray<string | Uint8Array>) => {
        const files = texts.map((text, index) => fileOf(`${index}.csv`, text));
        return [...new Set(idsOf((await readSource(files, berlin)).datums))].sort();
      };
      const expected = await ids([heading, ...lines].join("\n"));
      expect(expected).toHaveLength(3969);
      const shuffled = lines.toSorted((one, other) => (one.slice(-9) < other.slice(-9) ? -1 : 1));
      expect(await ids([heading, ...shuffled].join("\n"))).toEqual(expected);
      const even = lines.filter((_, index) => index % 2 === 0);
      const odd = lines.filter((_, index) => index % 2 === 1);
      expect(await ids([heading, ...even].join("\n"), [heading, ...odd].join("\n"))).toEqual(expected);
      expect(await ids([heading, ...lines, heading, ...lines].join("\n"))).toEqual(expected);
      // By Excel in Europe: semicolons, CRLF, quotes where needed, no mark; or as UTF-16.
      const excel = [heading, ...lines].map((line) => line.replaceAll(",", ";")).join("\r\n");
      expect(await ids(`sep=;\r\n${excel}\r\n`)).toEqual(expected);
      const wide = Buffer.from(`\uFEFF${excel.replaceAll(";", "\t")}`, "utf16le");
      expect(await ids(wide)).toEqual(expected);
    });
  });
});
