import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { datumsOf, readAll } from "./read.ts";

const base = { time: "2026-03-01T08:00:00.000Z", deviceId: "pump-1", uploadId: "upid_000000000001", guid: "g" };
const bolus = { ...base, type: "bolus", subType: "normal", normal: 5.5, id: "b".repeat(32) };
const wizard = { ...base, type: "wizard", units: "mmol/L", carbInput: 55, bolus: bolus.id, id: "w".repeat(32) };
const written = { time: base.time, deviceId: base.deviceId };
const origin = (id: string, type: string) => ({
  origin: { name: "org.tidepool.export", type: "service", id: `tidepool:${id}:${type}` }
});
const writtenBolus = { ...written, type: "bolus", subType: "normal", normal: 5.5, ...origin(bolus.id, "bolus") };
const writtenWizard = { ...written, type: "wizard", units: "mmol/L", carbInput: 55, ...origin(wizard.id, "wizard") };

const read = async (...records: ReadonlyArray<unknown>) => {
  const { entries, notes } = await readAll(JSON.stringify(records));
  return { datums: datumsOf(entries), entries, notes };
};

describe("a record exported from Tidepool", () => {
  it("loses what the server put on it, and gets an origin id made of its id and type", async () => {
    const server = { id: "c".repeat(32), createdTime: base.time, modifiedTime: base.time, revision: 3, _state: "open" };
    const { datums } = await read({ ...base, ...server, type: "cbg", value: 5, source: "elsewhere", payload: null });
    expect(datums).toEqual([{ ...written, type: "cbg", value: 5, ...origin(server.id, "cbg") }]);
  });

  it("names the times of a changed clock as they are written, not as they are given back", async () => {
    const clocks = {
      from: { time: "2026-03-01T08:00:00Z" },
      to: { time: "2026-03-01T09:00:00Z", timeZoneName: "UTC" }
    };
    const { datums } = await read({ ...base, type: "deviceEvent", subType: "timeChange", ...clocks });
    expect(datums).toMatchObject([
      { from: { time: "2026-03-01T08:00:00" }, to: { time: "2026-03-01T09:00:00", timeZoneName: "UTC" } }
    ]);
  });

  it("keeps the origin id that it has, and the rest of its origin", async () => {
    const given = { id: "mine", name: "com.apple.HealthKit" };
    const { datums } = await read({ ...base, type: "cbg", id: "c".repeat(32), origin: given });
    expect(datums).toEqual([{ ...written, type: "cbg", origin: given }]);
    const without = { name: "com.apple.HealthKit", type: "service" };
    const filled = await read({ ...base, type: "cbg", id: "c".repeat(32), origin: without });
    expect(filled.datums).toEqual([
      { ...written, type: "cbg", origin: { ...without, id: `tidepool:${"c".repeat(32)}:cbg` } }
    ]);
  });

  it("gets another origin id than one of another type with the same id", async () => {
    const id = "7".repeat(32);
    const { datums } = await read({ ...base, type: "food", id }, { ...base, type: "smbg", id });
    expect(new Set(datums.map((datum) => (datum as { origin: { id: string } }).origin.id)).size).toBe(2);
  });

  it("stays without an origin id where it has no id to make one of", async () => {
    expect((await read({ ...base, type: "cbg" })).datums).toEqual([{ ...written, type: "cbg" }]);
  });

  it("has members read that an exporter wrote as JSON or as Python text", async () => {
    const { datums } = await read({
      ...base,
      type: "basal",
      payload:
        "{'logIndices': [1955, 2], 'it''s': None, \"o'k\": True, 'n': -1.5e-3, 't': ('a\\'b\\n', False)}".replace(
          "'it''s'",
          "'its'"
        ),
      suppressed: '{"deliveryType":"scheduled","rate":0.05,"type":"basal"}',
      annotations: "[{'code': 'bg/out-of-range', 'threshold': 41}]",
      scheduleName: "[1]"
    });
    expect(datums).toEqual([
      {
        ...written,
        type: "basal",
        payload: { logIndices: [1955, 2], its: null, "o'k": true, n: -0.0015, t: ["a'b\n", false] },
        suppressed: { deliveryType: "scheduled", rate: 0.05, type: "basal" },
        annotations: [{ code: "bg/out-of-range", threshold: 41 }],
        scheduleName: "[1]"
      }
    ]);
  });

  it.each(["{'a': }", "{'a' 1}", "{'a': 1", "[1 2]", "{'a': x}", "{'a': 1} b", "{'a': 'b}"])(
    "keeps text that is neither, for the check to refuse: %s",
    async (payload) => {
      expect((await read({ ...base, type: "cbg", payload })).datums).toEqual([{ ...written, type: "cbg", payload }]);
    }
  );

  it("is left out, with the reason, where it describes a session", async () => {
    const { entries } = await read({ ...base, type: "upload", id: "u".repeat(32) });
    expect(entries).toEqual([
      { at: "element 1", problem: expect.objectContaining({ outcome: "skipped", code: "session-record" }) }
    ]);
  });

  it("is told from one written for upload record by record", async () => {
    const own = { type: "cbg", id: "c".repeat(32), note: "uploadId", payload: { uploadId: 1 } };
    const { datums } = await read(own, bolus);
    expect(datums).toEqual([own, writtenBolus]);
  });
});

describe("a wizard and its bolus, side by side in an export", () => {
  const joined = { ...writtenWizard, bolus: writtenBolus };

  it.each([
    ["bolus first", [bolus, wizard], ["element 2", "element 1"]],
    ["wizard first", [wizard, bolus], ["element 1", "element 2"]]
  ])("become one datum, the bolus inside the wizard: %s", async (_, records, places) => {
    const { datums, entries, notes } = await read(...records);
    expect(datums).toEqual([joined, "inside-another"]);
    expect(entries.map(({ at }) => at)).toEqual(places);
    expect(notes.linksLost).toBe(0);
  });

  it("are told when the bolus is missing, and the wizard goes alone", async () => {
    const { datums, notes } = await read(wizard);
    expect(datums).toEqual([writtenWizard]);
    expect(notes.linksLost).toBe(1);
  });

  it("leave a bolus alone that no wizard names", async () => {
    const other = { ...bolus, id: "0".repeat(32) };
    const { datums } = await read(other, wizard, bolus);
    expect(datums).toEqual([joined, "inside-another", { ...writtenBolus, ...origin(other.id, "bolus") }]);
  });

  it("go each alone where one of them will be refused, so that it does not take the other with it", async () => {
    const { units: _, ...bad } = wizard;
    const { datums, notes } = await read(bolus, bad);
    const { units: _units, ...writtenBad } = writtenWizard;
    expect(datums).toEqual([writtenBad, writtenBolus]);
    expect(notes.linksLost).toBe(1);
  });

  it("hold no more than 20,000 records waiting", async () => {
    const id = (index: number) => String(index).padStart(32, "0");
    const many = Array.from({ length: 20_002 }, (_, index) => ({ ...bolus, id: id(index) }));
    const { datums } = await read(...many, { ...wizard, bolus: id(0) }, { ...wizard, bolus: id(2) });
    expect(datums.filter((datum) => datum === "inside-another")).toHaveLength(1);
    expect(datums).toHaveLength(20_004);
  });

  it("work the same for an alarm and its status event", async () => {
    const status = {
      ...base,
      type: "deviceEvent",
      subType: "status",
      status: "suspended",
      reason: { suspended: "manual" },
      id: "s".repeat(32)
    };
    const alarm = {
      ...base,
      type: "deviceEvent",
      subType: "alarm",
      alarmType: "no_insulin",
      status: status.id,
      id: "a".repeat(32)
    };
    const { datums } = await read(status, alarm);
    expect(datums).toEqual([
      {
        ...written,
        type: "deviceEvent",
        subType: "alarm",
        alarmType: "no_insulin",
        ...origin(alarm.id, "deviceEvent"),
        status: {
          ...written,
          type: "deviceEvent",
          subType: "status",
          status: "suspended",
          reason: { suspended: "manual" },
          ...origin(status.id, "deviceEvent")
        }
      },
      "inside-another"
    ]);
  });
});

const samples = new URL("../../../../shared/samples/tidepool/", import.meta.url);
describe.skipIf(!existsSync(samples))("Tidepool's own exports in ../shared/samples", () => {
  it.each([
    ["device-Tandem-G6.json", 2429, { "session-record": 2, "inside-another": 26 }],
    ["device-Loop.json", 10, { "session-record": 1 }],
    ["example-from-j-jellyfish.json", 2196, { "session-record": 8 }]
  ])("%s gives an entry for every record, each with an origin id of its own", async (name, count, problems) => {
    const { entries } = await readAll(readFileSync(new URL(name, samples)));
    expect(entries).toHaveLength(count);
    const ids = entries.flatMap((entry) =>
      "datum" in entry ? [(entry.datum as { origin: { id: string } }).origin.id] : []
    );
    expect(new Set(ids).size).toBe(ids.length);
    const codes: Record<string, number> = {};
    for (const entry of entries) {
      if ("problem" in entry) codes[entry.problem.code] = (codes[entry.problem.code] ?? 0) + 1;
    }
    expect(codes).toEqual(problems);
  });
});
