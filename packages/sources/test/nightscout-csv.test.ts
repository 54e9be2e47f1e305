import { check } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import { fileOf } from "./input-files.ts";
import { readSource } from "./read-source.ts";

/** As the page writes it: the clock of a browser, in the US, with the narrow space that newer ones have. */
const exporter = [
  "# CGM ENTRIES",
  "Date,Time,Glucose (mg/dL),Type,Device,Trend,ID",
  '"3/31/2026","7:51:03\u202FPM","202","sgv","","4","abc123"',
  '"3/31/2026","7:46:03 PM","198","sgv","","4","abc124"',
  '"3/31/2026","7:41:03 PM","","sgv","","","abc125"',
  "",
  "# TREATMENTS (Insulin, Carbs, Exercise)",
  "Date,Time,Event Type,Insulin (U),Carbs (g),Notes,ID",
  '"3/31/2026","8:12:21 PM","SMB","0.1","","","def456"',
  '"3/31/2026","8:30:00 PM","Meal Bolus","2.5","30","dinner, late","def457"',
  ""
].join("\n");

describe("CSV of Nightscout", () => {
  it("of the exporter page is read in both its sections, in the zone that is given", async () => {
    const file = fileOf("export.csv", exporter);
    await expect(readSource(file)).rejects.toMatchObject({ _tag: "AnswersNeeded", needs: [{ kind: "timezone" }] });
    const { source, datums, problems } = await readSource(file, { timezone: "America/New_York" });
    expect(source.parts).toMatchObject([{ format: { id: "nightscout" } }]);
    expect(problems).toEqual([]);
    expect(datums.every((datum) => check(datum).ok)).toBe(true);
    expect(datums.map(({ type, time, value, normal, trend }) => [type, time, value ?? normal, trend])).toEqual([
      ["cbg", "2026-03-31T23:51:03.000Z", 202, "constant"],
      ["cbg", "2026-03-31T23:46:03.000Z", 198, "constant"],
      ["bolus", "2026-04-01T00:12:21.000Z", 0.1, undefined],
      ["bolus", "2026-04-01T00:30:00.000Z", 2.5, undefined],
      ["food", "2026-04-01T00:30:00.000Z", undefined, undefined]
    ]);
    expect(datums.slice(2, 4).map(({ subType }) => subType)).toEqual(["automated", "normal"]);
    expect(source.parts[0]?.notes.notMapped.get("entry without a value")).toBe(1);
  });

  it("of the exporter page has the ids of the same documents in JSON", async () => {
    const csv = await readSource(fileOf("export.csv", exporter), { timezone: "America/New_York" });
    const json = await readSource(
      fileOf(
        "a.json",
        JSON.stringify([
          { _id: "abc123", type: "sgv", date: Date.parse("2026-03-31T23:51:03.250Z"), sgv: 202 },
          { _id: "def456", eventType: "SMB", insulin: 0.1, created_at: "2026-04-01T00:12:21.413Z" }
        ])
      )
    );
    const ids = csv.datums.map(({ origin }) => origin.id);
    for (const { origin } of json.datums) expect(ids).toContain(origin.id);
  });

  it("of the exporter page is asked about, where day and month cannot be told apart", async () => {
    const text = exporter.replaceAll("3/31/2026", "3/1/2026").replaceAll(/[\u202F ]PM/gu, "");
    const file = fileOf("export.csv", text);
    await expect(readSource(file, { timezone: "Europe/Berlin" })).rejects.toMatchObject({
      needs: [{ kind: "date-order" }]
    });
    const { datums } = await readSource(file, { timezone: "Europe/Berlin", dateOrder: "dmy" });
    expect(datums[0]).toMatchObject({ time: "2026-01-03T06:51:03.000Z" });
  });

  it("of the API is read without headings, also with tabs; what was damaged costs its row only", async () => {
    const rows = [
      '"2026-04-05T20:30:29.000Z",1775421029000,162,"Flat","xDrip"',
      '"2026-04-05T20:25:28.000Z",1775420728000,,"Flat","xDrip"',
      '"2026-04-05T20:20:28.000Z",,175,"NONE",',
      '"2026-04-05T20:20'
    ];
    for (const text of [rows.join("\r\n"), rows.join("\r\n").replaceAll(",", "\t")]) {
      const { source, datums, problems } = await readSource(fileOf("entries.csv", text));
      expect(datums).toMatchObject([
        { value: 162, trend: "constant", deviceId: "xDrip" },
        { value: 175, time: "2026-04-05T20:20:28.000Z" }
      ]);
      expect(problems).toMatchObject([{ outcome: "rejected", row: 4 }]);
      expect(source.parts[0]?.notes.notMapped.get("entry without a value")).toBe(1);
    }
  });

  it("of the API that a spreadsheet saved again keeps its ids, though it spoilt the milliseconds", async () => {
    const rows = [
      ["2026-04-05T20:30:29.000Z", "1775421029000", "162.5", "Flat", ""],
      ["2026-04-05T20:25:28.000Z", "1775420728000", "167", "Flat", ""]
    ];
    const original = rows.map(([time, ...rest]) => [`"${time}"`, ...rest].join(",")).join("\r\n");
    const saved = rows
      .map(([time, , value = "", ...rest]) => [time, "1,77542E+12", value.replace(".", ","), ...rest].join(";"))
      .join("\n");
    const [first, second] = [
      await readSource(fileOf("entries.csv", original)),
      await readSource(fileOf("entries.csv", `\uFEFF${saved}`))
    ];
    expect(second.datums).toEqual(first.datums);
    expect(first.datums).toMatchObject([{ value: 162.5 }, { value: 167 }]);
  });

  it("of other makes is left to other formats", async () => {
    const text = '"2026-04-05T20:30:29.000Z",1775421029000,162,"Flat","xDrip",7\n'.repeat(5);
    await expect(readSource(fileOf("x.csv", text))).rejects.toMatchObject({ code: "unknown-format" });
  });
});
