import { type Datum, RecordSummaryBuilder, createClient } from "@tideway/core";
import { createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { bolus, cbg, cbgs, wizardWith } from "./support/datums.ts";
import { app } from "./support/virtually.ts";

const dayLength = 86_400_000;
const firstDay = Date.UTC(2026, 0, 1);

const on = (day: number, datum: Datum): Datum => ({
  ...datum,
  time: new Date(firstDay + day * dayLength + 7 * 3_600_000).toISOString()
});

const holding = async (name: string, datums: ReadonlyArray<Datum>, transport = createMemoryTransport()) => {
  const other = createClient({ transport, userId: "u", app: { name, version: "1.0.0" } });
  const { sessionId } = await other.upload(datums);
  return { transport, sessionId, client: createClient({ transport, userId: "u", app }) };
};

describe("findOverlaps", () => {
  it("finds the same readings in another data set, whatever the units, the ids and the fraction of a second", async () => {
    const theirs = cbgs(10).map((datum, index) => ({
      ...datum,
      units: "mmol/L" as const,
      // As an export that rounds to a tenth has 100 mg/dL.
      value: 5.6,
      time: datum.time.replace(".000Z", ".900Z"),
      deviceId: "dexcom-1",
      origin: { ...datum.origin!, id: `theirs-${index}` }
    }));
    const { client, sessionId } = await holding("org.tidepool.oauth.dexcom.fetch", theirs);
    const ours = cbgs(12).map((datum) => ({ ...datum, deviceId: "dexcom-1" }));
    expect(await client.findOverlaps(ours)).toEqual({
      overlaps: [
        {
          dataSetId: sessionId,
          appName: "org.tidepool.oauth.dexcom.fetch",
          link: "Dexcom",
          createdTime: expect.any(String),
          device: undefined,
          sameDevices: ["dexcom-1"],
          days: ["2026-01-01"],
          datums: 10,
          sameReadings: 10
        }
      ],
      days: 1,
      sampledDays: ["2026-01-01"],
      readings: 12
    });
  });

  it("does not take other values, other times and other quantities for the same", async () => {
    const { client } = await holding("org.example.other", [cbg(0, 120), cbg(1, 100), bolus(100)]);
    const { overlaps } = await client.findOverlaps([cbg(0, 100), cbg(2, 100)]);
    expect(overlaps).toMatchObject([{ appName: "org.example.other", link: undefined, datums: 2, sameReadings: 0 }]);
  });

  it("finds a bolus that is inside a calculation in one and alone in the other, and carbohydrates likewise", async () => {
    const food: Datum = {
      type: "food",
      time: "2026-01-01T12:00:00Z",
      nutrition: { carbohydrate: { net: 30, units: "grams" } }
    };
    const { client } = await holding("org.example.other", [bolus(2), food]);
    const { overlaps, readings } = await client.findOverlaps([wizardWith("w", bolus(2))]);
    expect(readings).toBe(2);
    expect(overlaps).toMatchObject([{ datums: 2, sameReadings: 2 }]);
  });

  it("leaves out the session of this app, which replaces what it holds, and data sets of other days", async () => {
    const { transport, client } = await holding("org.example.other", [on(400, cbg(0))]);
    await client.upload(cbgs(5));
    expect((await client.findOverlaps(cbgs(5))).overlaps).toEqual([]);
    const another = createClient({ transport, userId: "u", app: { name: "org.example.third", version: "1.0.0" } });
    expect((await another.findOverlaps(cbgs(5))).overlaps).toMatchObject([{ appName: app.name, sameReadings: 5 }]);
  });

  it("looks at a sample of the days of a long record, the first and the last among them, a week in a request at most", async () => {
    const year = Array.from({ length: 365 }, (_, day) => on(day, cbg(day)));
    const { transport, client, sessionId } = await holding("org.example.other", [...year.slice(360), on(900, cbg(0))]);
    const before = transport.calls.length;
    const report = await client.findOverlaps(year.toReversed(), { mostDays: 10 });
    expect(report).toMatchObject({ days: 365, readings: 10, overlaps: [{ dataSetId: sessionId }] });
    expect(report.sampledDays).toHaveLength(10);
    expect([report.sampledDays[0], report.sampledDays[9]]).toEqual(["2026-01-01", "2026-12-31"]);
    expect(report.overlaps[0]!.days).toContain("2026-12-31");
    expect(await client.findOverlaps(year, { mostDays: 10 })).toEqual(report);
    expect(transport.calls.length - before).toBeLessThan(30);

    const all = await client.findOverlaps(year, { mostDays: Number.POSITIVE_INFINITY });
    expect(all).toMatchObject({ readings: 365, overlaps: [{ datums: 5, sameReadings: 5 }] });
    const asked = transport.calls.flatMap((call) => (call.name === "readData" ? [call.query] : []));
    const longest = Math.max(...asked.map(({ startDate, endDate }) => Date.parse(endDate!) - Date.parse(startDate!)));
    expect(longest).toBeLessThan(7 * dayLength);
  });

  it("says that a data set is of the same device where only a sample was looked at", async () => {
    const device = { deviceId: "meter-1" };
    const year = Array.from({ length: 365 }, (_, day) => ({ ...on(day, cbg(day)), ...device }));
    const transport = createMemoryTransport();
    const deduplicator = { name: "org.tidepool.deduplicator.device.deactivate.hash" };
    await transport.createDataSet("u", { ...device, dataSetType: "normal", deduplicator });
    const client = createClient({ transport, userId: "u", app });
    const sampled = await client.findOverlaps(year);
    expect(sampled.overlaps).toMatchObject([{ sameDevices: ["meter-1"], days: [], appName: undefined }]);
    expect((await client.findOverlaps(year.slice(0, 9))).overlaps).toEqual([]);
  });

  it("takes a summary that was made elsewhere", async () => {
    const { client } = await holding("org.example.other", cbgs(5));
    const builder = new RecordSummaryBuilder();
    for (const datum of cbgs(3)) builder.add(datum);
    const summary = JSON.parse(JSON.stringify(builder.summary())) as ReturnType<typeof builder.summary>;
    expect(await client.findOverlaps(summary)).toMatchObject({ overlaps: [{ datums: 5, sameReadings: 3 }] });
  });

  it("compares nothing that would be refused, and asks for nothing where there is nothing", async () => {
    const { transport, client } = await holding("org.example.other", cbgs(2));
    const before = transport.calls.length;
    const report = await client.findOverlaps([{ ...cbg(0), units: "furlongs" } as unknown as Datum]);
    expect(report).toEqual({ overlaps: [], days: 0, sampledDays: [], readings: 0 });
    expect(transport.calls.slice(before).filter(({ name }) => name === "readData")).toEqual([]);
    await expect(client.findOverlaps("[]" as never)).rejects.toThrow(/is a list of datums/u);
  });
});
