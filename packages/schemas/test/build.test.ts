import { InvalidInput, at, basalTimeline, check, glucose, origin, zoneNames } from "@tideway/schemas";
import { describe, expect, it } from "vitest";

describe("glucose", () => {
  it("gives units and value for a datum to take over", () =>
    expect(check({ type: "cbg", ...at(0, "UTC"), ...glucose(5.5, "mmol/L") })).toEqual({ ok: true }));

  it.each([
    [1001, "mg/dL"],
    [55.1, "mmol/L"],
    [-1, "mg/dL"],
    [Number.NaN, "mg/dL"]
  ] as const)("refuses %d %s and keeps the value out of the message", (value, units) => {
    expect(() => glucose(value, units)).toThrow(InvalidInput);
    expect(() => glucose(value, units)).not.toThrow(String(value));
  });

  it("refuses units of other spellings", () =>
    // @ts-expect-error the platform would take this spelling, people should not need it
    expect(() => glucose(100, "mg/dl")).toThrow("units must be mg/dL or mmol/L."));
});

describe("at", () => {
  it.each([
    ["2026-03-29T00:59:59Z", "Europe/Berlin", 60, "2026-03-29T01:59:59"],
    ["2026-03-29T01:00:00Z", "Europe/Berlin", 120, "2026-03-29T03:00:00"],
    ["2026-10-25T00:30:00Z", "Europe/Berlin", 120, "2026-10-25T02:30:00"],
    ["2026-10-25T01:30:00Z", "Europe/Berlin", 60, "2026-10-25T02:30:00"],
    ["2026-01-01T00:00:00+13:45", "Pacific/Chatham", 825, "2026-01-01T00:00:00"],
    ["2026-07-01T12:00:00Z", "America/St_Johns", -150, "2026-07-01T09:30:00"],
    ["2011-12-30T10:00:00Z", "Pacific/Apia", 840, "2011-12-31T00:00:00"],
    ["1970-01-01T00:00:00Z", "UTC", 0, "1970-01-01T00:00:00"]
  ])("puts %s in %s at %d minutes, %s on the clock", (instant, zone, timezoneOffset, deviceTime) =>
    expect(at(instant, zone)).toMatchObject({ timezone: zone, timezoneOffset, deviceTime })
  );

  it("agrees with itself in every zone that the engine knows, in summer and winter", () => {
    const refused: Array<string> = [];
    for (const zone of zoneNames()) {
      for (const instant of ["2026-01-15T12:34:56Z", "2026-07-15T12:34:56Z", "1950-06-01T00:00:00Z"]) {
        try {
          const members = at(instant, zone);
          const clock = Date.parse(`${members.deviceTime}Z`) - members.timezoneOffset * 60_000;
          expect(clock).toBe(Date.parse(instant));
          expect(check({ type: "food", ...members })).toEqual({ ok: true });
        } catch (error) {
          if (!(error instanceof InvalidInput)) throw error;
          refused.push(zone);
        }
      }
    }
    expect(new Set(refused).size).toBeLessThan(5);
  });

  it.each(["europe/berlin", "Local", "+02:00", ""])("refuses %j as a zone", (zone) =>
    expect(() => at(0, zone)).toThrow(InvalidInput)
  );

  it.each([Number.NaN, "2026-01-01", "2026-01-01T00:00:00", new Date(Number.NaN), 1e15])(
    "refuses %s as an instant",
    (instant) => expect(() => at(instant, "UTC")).toThrow(InvalidInput)
  );
});

describe("origin", () => {
  it("gives back what the platform takes", () =>
    expect(origin({ id: "x".repeat(100), type: "device" })).toEqual({ id: "x".repeat(100), type: "device" }));

  it("counts characters as the platform does, not code units", () =>
    expect(origin({ id: "💉".repeat(100) }).id).toHaveLength(200));

  it.each(["", "x".repeat(101)])("refuses an id of the wrong length", (id) =>
    expect(() => origin({ id })).toThrow(/id must/)
  );

  it("needs an id", () =>
    // @ts-expect-error without an id every repeated upload doubles the datum
    expect(() => origin({ name: "x" })).toThrow("id must be given"));
});

describe("basalTimeline", () => {
  const scheduled = { type: "basal", deliveryType: "scheduled", rate: 1 } as const;
  const temp = { type: "basal", deliveryType: "temp", rate: 0.5 } as const;
  const hour = 3_600_000;

  it("ends an open basal where the next begins, and the last at the end", () =>
    expect(
      basalTimeline(
        [
          { ...temp, time: "2026-01-01T02:00:00Z", duration: hour },
          { ...scheduled, time: "2026-01-01T00:00:00Z" },
          { ...scheduled, time: "2026-01-01T03:00:00Z" }
        ],
        { until: "2026-01-01T04:00:00Z" }
      )
    ).toEqual([
      { ...scheduled, time: "2026-01-01T00:00:00.000Z", duration: 2 * hour },
      { ...temp, time: "2026-01-01T02:00:00.000Z", duration: hour },
      { ...scheduled, time: "2026-01-01T03:00:00.000Z", duration: hour }
    ]));

  it("keeps the length that a basal was meant to have when another cuts it short", () =>
    expect(
      basalTimeline(
        [
          { ...temp, time: "2026-01-01T00:00:00Z", duration: 2 * hour },
          { ...scheduled, time: "2026-01-01T01:00:00Z" }
        ],
        { until: "2026-01-01T02:00:00Z" }
      )[0]
    ).toEqual({ ...temp, time: "2026-01-01T00:00:00.000Z", duration: hour, expectedDuration: 2 * hour }));

  it("joins what goes on unchanged and fills what is left open", () =>
    expect(
      basalTimeline(
        [
          { ...scheduled, time: "2026-01-01T00:00:00Z", duration: hour },
          { ...scheduled, time: "2026-01-01T01:00:00Z", duration: hour }
        ],
        { until: "2026-01-01T03:00:00Z", fill: () => ({ type: "basal", deliveryType: "suspend" }) }
      )
    ).toEqual([
      { ...scheduled, time: "2026-01-01T00:00:00.000Z", duration: 2 * hour },
      { type: "basal", deliveryType: "suspend", time: "2026-01-01T02:00:00.000Z", duration: hour }
    ]));

  it("makes no basal longer than the platform takes", () => {
    const basals = basalTimeline([{ ...scheduled, time: "2026-01-01T00:00:00Z" }], { until: "2026-01-16T00:00:00Z" });
    expect(basals.map(({ duration }) => duration / hour)).toEqual([168, 168, 24]);
    for (const basal of basals) expect(check(basal)).toEqual({ ok: true });
  });

  it("refuses times that are none", () =>
    expect(() => basalTimeline([{ ...scheduled, time: "yesterday" }], { until: "2026-01-01T00:00:00Z" })).toThrow(
      InvalidInput
    ));
});
