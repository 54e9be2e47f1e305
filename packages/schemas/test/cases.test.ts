import { check } from "@tideway/schemas";
import { describe, expect, it } from "vitest";

// The project's own telling cases: each shows one rule that people get wrong, or that the platform's documentation gets wrong.
const time = "2026-05-14T08:17:08Z";
const cbg = { type: "cbg", time, units: "mg/dL", value: 100 };
const basal = { type: "basal", deliveryType: "temp", time, duration: 1000, rate: 1 };
const bolus = { type: "bolus", subType: "normal", time, normal: 1 };
const square = { type: "bolus", subType: "square", time, duration: 1000, extended: 1 };
const wizard = { type: "wizard", time, units: "mmol/L" };
const pump = { type: "pumpSettings", time, activeSchedule: "s" };
const starts = (...from: ReadonlyArray<number | null>) => from.map((start) => ({ rate: 1, start }));
const deep = (deliveryType: string, suppressed?: object) => ({ type: "basal", deliveryType, rate: 1, suppressed });

type Told = ReadonlyArray<string>;
const fine: Told = [];
const cases: ReadonlyArray<readonly [rule: string, datum: unknown, told: Told]> = [
  ["takes whole numbers written with a fraction of nothing", { ...cbg, timezoneOffset: 6e1 }, fine],
  ["takes no number for a text", { ...cbg, units: 5 }, ["/units type-not-string"]],
  ["tells a type that is no text twice", { type: 5 }, ["/type type-not-string", "/type value-not-exists"]],
  ["does not look at subType while type is bad", { type: "x", subType: 5 }, ["/type value-not-allowed"]],
  ["takes no upload among datums", { type: "upload", time }, ["/type value-not-allowed"]],
  ["skips null", null, fine],
  ["takes no array for a datum", [], [" type-not-object"]],
  ["takes null for absent", { ...cbg, trend: null, units: null }, ["/units value-not-exists"]],
  ["takes one-digit hours and commas in times, as Go does", { ...cbg, time: "2026-05-14T8:17:08,5Z" }, fine],
  ["takes no time without offset", { ...cbg, time: "2026-05-14T08:17:08" }, ["/time value-not-parsable"]],
  ["takes no 29 February 2026", { ...cbg, time: "2026-02-29T00:00:00Z" }, ["/time value-not-parsable"]],
  ["takes the zero time for none, in any offset", { ...cbg, time: "0001-01-01T01:00:00+01:00" }, ["/time value-empty"]],
  ["takes times of any year", { ...cbg, time: "9999-12-31T23:59:59Z" }, fine],
  ["takes no zone in deviceTime", { ...cbg, deviceTime: time }, ["/deviceTime value-not-valid"]],
  ["takes zone names in their exact spelling", { ...cbg, timezone: "europe/berlin" }, ["/timezone value-not-valid"]],
  ["takes links among zone names", { ...cbg, timezone: "US/Pacific" }, fine],
  ["takes no id with dashes", { ...cbg, id: "01234567-89ab-cdef-0123-456789abcdef" }, ["/id value-not-valid"]],
  ["takes empty notes, but no empty tags", { ...cbg, notes: [], tags: [] }, ["/tags value-empty"]],
  ["takes null among tags for the empty text", { ...cbg, tags: ["a", null] }, ["/tags/1 value-empty"]],
  ["counts code points", { ...cbg, tags: ["💉".repeat(100)] }, fine],
  ["finds lone surrogates alike", { ...cbg, tags: ["\ud800", "\udfff"] }, ["/tags/1 value-duplicate"]],
  ["takes one source only", { ...cbg, source: "diasend" }, ["/source value-out-of-range"]],
  ["needs something in a location", { ...cbg, location: {} }, ["/location values-not-exist-for-any"]],
  [
    "needs no id where a url is",
    { ...cbg, associations: [{ type: "url", url: "http://x.y", id: "a" }] },
    ["/associations/0/id value-exists"]
  ],
  ["ignores what a client may not set", { ...cbg, guid: 5, uploadId: {}, _active: "x" }, fine],
  ["ignores members of other kinds", { ...cbg, rate: "x", suppressed: 5 }, fine],
  ["takes glucose by its units", { ...cbg, units: "mmol/L", value: 55.1 }, ["/value value-out-of-range"]],
  ["says nothing of glucose in unknown units", { ...cbg, units: "mg", value: -1 }, ["/units value-not-allowed"]],
  [
    "needs a rate where there are its units",
    { ...cbg, trendRateUnits: "mg/dL/minute" },
    ["/trendRateUnits value-exists"]
  ],
  ["takes any rate without units", { ...cbg, trendRate: 1e9 }, fine],
  ["calls temporary basals temp", { ...basal, deliveryType: "temporary" }, ["/deliveryType value-not-allowed"]],
  ["expects no less than was", { ...basal, expectedDuration: 999 }, ["/expectedDuration value-out-of-range"]],
  [
    "knows what lies beneath what",
    { ...basal, suppressed: deep("temp") },
    ["/suppressed/deliveryType value-not-allowed"]
  ],
  ["goes down as far as basals go", { ...basal, suppressed: deep("automated", deep("scheduled")) }, fine],
  [
    "tells what was delivered of a normal bolus",
    { ...bolus, normal: 2, expectedNormal: 1 },
    ["/normal value-out-of-range"]
  ],
  [
    "tells what was expected of an automated one",
    { ...bolus, subType: "automated", normal: 2, expectedNormal: 1 },
    ["/expectedNormal value-out-of-range"]
  ],
  [
    "needs an expectation of an automated nothing",
    { ...bolus, subType: "automated", normal: 0 },
    ["/expectedNormal value-not-exists"]
  ],
  ["needs none of a normal nothing", { ...bolus, normal: 0 }, fine],
  [
    "ties what is expected together",
    { ...square, expectedDuration: -1 },
    ["/expectedDuration value-out-of-range", "/expectedDuration value-exists"]
  ],
  ["takes no link for a bolus", { ...wizard, bolus: "0".repeat(32) }, ["/bolus type-not-object"]],
  [
    "judges an embedded bolus as a whole datum",
    { ...wizard, bolus: { ...bolus, time: undefined } },
    ["/bolus/time value-not-exists"]
  ],
  [
    "takes one kind of target at a time",
    { ...wizard, bgTarget: { target: 5, range: 1, high: 6 } },
    ["/bgTarget/high value-exists"]
  ],
  [
    "tells only the base of a target that is wrong itself",
    { ...wizard, bgTarget: { low: -1, high: 99 } },
    ["/bgTarget/low value-out-of-range"]
  ],
  ["needs a high beside a low", { ...wizard, bgTarget: { low: -1, range: 1 } }, ["/bgTarget/high value-not-exists"]],
  ["begins schedules at 0", { ...pump, basalSchedule: starts(5, 1) }, ["/basalSchedule/0/start value-out-of-range"]],
  [
    "goes on from a start that was wrong",
    { ...pump, basalSchedule: starts(0, -5, -4) },
    ["/basalSchedule/1/start value-out-of-range"]
  ],
  [
    "asks for 0 again after -1",
    { ...pump, basalSchedule: starts(0, -1, 0) },
    ["/basalSchedule/1/start value-out-of-range"]
  ],
  [
    "goes on from a wrong start after -1 too",
    { ...pump, basalSchedule: starts(0, -1, 5, 6) },
    ["/basalSchedule/1/start value-out-of-range", "/basalSchedule/2/start value-out-of-range"]
  ],
  [
    "takes one schedule or named ones",
    { ...pump, basalSchedule: [], basalSchedules: {} },
    ["/basalSchedules value-exists"]
  ],
  [
    "takes any name for a schedule",
    { ...pump, basalSchedules: { "a/b~": null } },
    ["/basalSchedules/a~1b~0 value-not-exists"]
  ],
  ["ignores rateOfChangeAlert, which it gives itself", { type: "cgmSettings", time, rateOfChangeAlert: 5 }, fine],
  [
    "takes no mmol/l in newer alerts",
    { type: "cgmSettings", time, defaultAlerts: { enabled: true, low: { enabled: true, level: 4, units: "mmol/l" } } },
    ["/defaultAlerts/low/units value-not-allowed"]
  ],
  [
    "needs to or change in a change of time",
    { type: "deviceEvent", subType: "timeChange", time },
    [" values-not-exist-for-one"]
  ],
  ["takes insulin that has but a name", { type: "insulin", time, formulation: { name: "x" } }, fine],
  [
    "takes no mixture that is simple as well",
    { type: "insulin", time, formulation: { compounds: [], simple: { actingType: "rapid" } } },
    ["/formulation/compounds value-exists"]
  ],
  [
    "compares times as instants",
    {
      type: "alert",
      time,
      name: "x",
      issuedTime: "2026-05-14T10:00:00+02:00",
      acknowledgedTime: "2026-05-14T08:00:00Z"
    },
    fine
  ],
  [
    "takes nothing before its beginning",
    { type: "alert", time, name: "x", issuedTime: time, retractedTime: "2026-05-14T08:17:07Z" },
    ["/retractedTime value-not-after"]
  ]
];

describe("check", () => {
  it.each(cases)("%s", (_rule, datum, told) => {
    const verdict = check(datum);
    expect(verdict.ok ? [] : verdict.issues.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(told);
  });

  it("keeps every value out of every message", () => {
    for (const [, datum] of cases) {
      const verdict = check(JSON.parse(JSON.stringify(datum ?? 0)));
      for (const { message, value } of verdict.ok ? [] : verdict.issues) {
        if (typeof value === "number" && Math.abs(value) > 5) expect(message).not.toContain(String(value));
        expect(message).toMatch(/^(The datum|[\w.]+.*) (must|is) .*\.$/);
      }
    }
  });
});
