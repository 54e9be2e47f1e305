import { describe, expect, it } from "vitest";
import { fileOf } from "./input-files.ts";
import { type Fields, counts, only, profile, read, treatment } from "./nightscout-documents.ts";
import { type ReadSource, readSource } from "./read-source.ts";

const basals = ({ datums }: ReadSource) =>
  datums
    .filter(({ type }) => type === "basal")
    .map(({ time, deliveryType, duration, rate }) =>
      [time.slice(11, 16), deliveryType, Number(duration) / 60_000, rate].join(" ")
    );

describe("basals of Nightscout", () => {
  it("have the scheduled ones between them, by the clock of the profile", async () => {
    const result = await read([
      profile(),
      treatment("Temp Basal", 0, { absolute: 2, rate: 2, duration: 10 }),
      treatment("Temp Basal", 60, { absolute: 0, duration: 30, automatic: false }),
      treatment("Temp Basal", 70, { duration: 0 }),
      treatment("Temp Basal", 80, { percent: -50, duration: 10, automatic: false })
    ]);
    // Berlin is an hour ahead: the rate changes at 13:30 there, 12:30 UTC.
    expect(basals(result)).toEqual([
      "12:00 automated 10 2",
      "12:10 scheduled 20 0.5",
      "12:30 scheduled 30 1",
      "13:00 temp 10 0",
      "13:10 scheduled 10 1",
      "13:20 temp 10 0.5"
    ]);
    expect(Object.fromEntries(counts(result))).toEqual({ "end of a temporary basal": 1 });
    expect(result.datums.find(({ deliveryType }) => deliveryType === "scheduled")).toMatchObject({
      timezone: "Europe/Berlin",
      scheduleName: "Day"
    });
  });

  it("are cut where the next begins, in percent by each rate of the schedule", async () => {
    const result = await read([
      profile(),
      treatment("Temp Basal", 0, { rate: 1.5, duration: 60 }),
      treatment("Temp Basal", 20, { percent: 50, duration: 20, enteredBy: "me" })
    ]);
    expect(basals(result)).toEqual(["12:00 automated 20 1.5", "12:20 temp 10 0.75", "12:30 temp 10 1.5"]);
  });

  it("are counted where another one replaces them at once", async () => {
    const result = await read([
      profile(),
      treatment("Temp Basal", 0, { rate: 1.5, duration: 60, _id: "a" }),
      treatment("Temp Basal", 0, { rate: 2, duration: 30, _id: "b" })
    ]);
    expect(basals(result)).toHaveLength(1);
    expect(counts(result).get("temporary basal that another one replaces at once")).toBe(1);
  });

  it("stay unknown where no profile tells them: nothing is guessed", async () => {
    const later = profile({}, { startDate: "2027-01-01T00:00:00Z" });
    const result = await read([
      later,
      treatment("Temp Basal", 0, { rate: 1, duration: 10 }),
      treatment("Temp Basal", 60, { percent: 50, duration: 10 })
    ]);
    expect(basals(result)).toEqual(["12:00 automated 10 1"]);
    expect(result.source.parts[0]?.notes.warnings).toMatchObject([{ code: "unknown-basal" }]);
    expect(counts(result).get("temporary basal in percent without a known scheduled rate")).toBe(1);
  });

  it("end where one in percent of an unknown rate begins: the old rate did not go on", async () => {
    const result = await read([
      treatment("Temp Basal", 0, { rate: 0.8, duration: 30, enteredBy: "me" }),
      treatment("Temp Basal", 10, { percent: -50, duration: 30, enteredBy: "me" })
    ]);
    expect(basals(result)).toEqual(["12:00 temp 10 0.8"]);
    expect(counts(result).get("temporary basal in percent without a known scheduled rate")).toBe(1);
  });

  it("are suspended from note to note, and follow a profile switch", async () => {
    const night = { ...(profile()["store"] as { readonly Day: Fields }).Day, basal: [{ time: "00:00", value: 0.2 }] };
    const result = await read([
      { ...profile(), store: { ...(profile()["store"] as Fields), Night: night } },
      treatment("Profile Switch", -5, { profile: "Night" }),
      treatment("Temp Basal", 0, { rate: 1, duration: 30 }),
      treatment("Note", 10, { notes: "PumpSuspend" }),
      treatment("Note", 20, { notes: "PumpResume" }),
      treatment("Temp Basal", 40, { rate: 1, duration: 10 })
    ]);
    expect(basals(result)).toEqual([
      "12:00 automated 10 1",
      "12:10 suspend 10 ",
      "12:20 scheduled 20 0.2",
      "12:40 automated 10 1"
    ]);
  });

  it("are not suspended for longer than a day where nobody wrote the end", async () => {
    const result = await read([
      treatment("Note", 0, { notes: "PumpSuspend" }),
      treatment("Temp Basal", 60 * 24 * 30, { rate: 1, duration: 30 })
    ]);
    expect(basals(result)).toEqual(["12:00 suspend 1440 ", "12:00 automated 30 1"]);
  });

  it.each([
    ["ETC/GMT+7", "Etc/GMT+7", -420],
    ["GMT+4", "Etc/GMT-4", 240],
    ["UTC-05:00", "Etc/GMT+5", -300],
    ["GMT+0530", undefined, 330],
    ["japan", "Japan", 540]
  ])("of a profile in %s run by that offset", async (timezone, name, offset) => {
    const settings = await only(profile({ timezone }));
    expect(settings).toMatchObject({ type: "pumpSettings", timezoneOffset: offset, activeSchedule: "Day" });
    expect(settings?.["timezone"]).toBe(name);
  });

  it("need a zone where the profile names none", async () => {
    const documents = [profile({ timezone: "" }), treatment("Temp Basal", 0, { rate: 1, duration: 30 })];
    const file = fileOf("dump.json", JSON.stringify(documents));
    await expect(readSource(file)).rejects.toMatchObject({ _tag: "AnswersNeeded", needs: [{ kind: "timezone" }] });
    const { datums } = await readSource(file, { timezone: "Europe/Berlin" });
    expect(datums).toHaveLength(2);
  });

  it("leaves out of a profile what its units deny", async () => {
    const settings = await only(
      profile({ target_low: [{ time: "00:00", value: 5 }], target_high: [{ time: "00:00", value: 6 }] })
    );
    expect(settings).not.toHaveProperty("bgTargets");
    expect(settings).toMatchObject({
      basalSchedules: {
        Day: [
          { start: 0, rate: 0.5 },
          { start: 48_600_000, rate: 1 }
        ]
      }
    });
  });
});
