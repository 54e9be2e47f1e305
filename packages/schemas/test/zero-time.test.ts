import {
  type Datum,
  check,
  checkDataSetCreate,
  checkDataSetUpdate,
  kinds,
  normalize,
  normalizeDataSetCreate
} from "@tideway/schemas";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generate } from "./generate.ts";
import { randomFrom } from "./random-json.ts";

const time = "2026-05-14T08:17:08Z";
const ids = { newId: () => "0".repeat(32) };

/** The first instant of year 1 with an offset of so many minutes, as RFC 3339 text. */
const zeroAt = (minutes: number, fraction = ""): string => {
  const local = new Date(-62_135_596_800_000 + minutes * 60_000).toISOString().slice(0, 19);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (number: number) => String(number).padStart(2, "0");
  return `${local}${fraction}${minutes === 0 ? "Z" : `${minutes < 0 ? "-" : "+"}${two(hours)}:${two(rest)}`}`;
};
const zeroTimes = fc
  .tuple(fc.integer({ min: -24 * 60 - 59, max: 24 * 60 + 59 }), fc.constantFrom("", ".0", ",000", ".0000000009"))
  .map(([minutes, fraction]) => zeroAt(minutes, fraction));

type Path = ReadonlyArray<string | number>;
const at = (value: unknown, path: Path): unknown =>
  path.reduce((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);
const changed = (value: unknown, [key, ...rest]: Path, to: unknown): unknown => {
  if (key === undefined) return to;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  (copy as Record<string | number, unknown>)[key] = changed((value as Record<string | number, unknown>)[key], rest, to);
  return copy;
};
const textsIn = function* (value: unknown, path: Path = []): Iterable<Path> {
  if (typeof value === "string") yield path;
  else if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) yield* textsIn(member, [...path, key]);
  }
};
/** Where the datum has members that the platform reads as times, whatever their names. */
const timesIn = (datum: object): ReadonlyArray<Path> => {
  const isRead = (path: Path, text: string) => {
    const verdict = check(changed(datum, path, text));
    return verdict.ok || verdict.issues.every(({ code }) => code !== "value-not-parsable");
  };
  return [...textsIn(datum)].filter((path) => !isRead(path, "x") && isRead(path, time));
};

describe("a time at the first instant of year 1, which stands for no time", () => {
  it.each([
    [{ type: "dosingDecision", reason: "x", carbsOnBoard: { time: zeroAt(0), amount: 1 } }, ["carbsOnBoard", "time"]],
    [{ type: "dosingDecision", reason: "x", smbg: { time: zeroAt(60), value: 1 } }, ["smbg", "time"]],
    [
      { type: "dosingDecision", reason: "x", bgHistorical: [{ time: zeroAt(-1), value: 1 }] },
      ["bgHistorical", 0, "time"]
    ],
    [{ type: "controllerStatus", battery: { time: zeroAt(-720), state: "full" } }, ["battery", "time"]],
    [{ type: "pumpStatus", basalDelivery: { state: "suspended", time: zeroAt(840) } }, ["basalDelivery", "time"]],
    [
      { type: "alert", name: "x", issuedTime: "0000-01-01T00:00:00Z", retractedTime: zeroAt(0, ".0") },
      ["retractedTime"]
    ]
  ])("is accepted and not stored: %j", (members, path) => {
    const units = { bg: "mmol/L", carb: "grams", insulin: "Units" };
    const datum = { ...members, time, ...(members.type === "dosingDecision" ? { units } : {}) };
    expect(check(datum)).toEqual({ ok: true });
    const [stored] = normalize(datum as unknown as Datum, ids);
    expect(at(stored, path)).toBeUndefined();
    expect(at(stored, path.slice(0, -1))).not.toHaveProperty(path.at(-1) as string);
  });

  it("is stored one nanosecond later, cut off to the same text", () => {
    const battery = { time: "0001-01-01T01:00:00.000000001+01:00", state: "full" } as const;
    const [stored] = normalize({ type: "controllerStatus", time, battery }, ids);
    expect(stored).toMatchObject({ battery: { time: "0001-01-01T00:00:00Z" } });
  });

  it.each(kinds)("is refused or not stored, wherever a %s has a time and in whatever offset it is written", (kind) => {
    let found = 0;
    for (let seed = 0; seed < 20; seed++) {
      const datum = generate(kind, randomFrom(seed));
      for (const path of timesIn(datum)) {
        found++;
        fc.assert(
          fc.property(zeroTimes, (zero) => {
            const other = changed(datum, path, zero);
            const verdict = check(other);
            if (!verdict.ok) expect(verdict.phase).toBe("validate");
            // An embedded datum is stored by itself: its own time is refused, so that the first one is enough.
            else expect(at(normalize(other as Datum, ids)[0], path)).toBeUndefined();
          }),
          { numRuns: 5, seed }
        );
      }
    }
    expect(found).toBeGreaterThan(19);
  });
});

describe("the same in the body of a session", () => {
  it.each(["time", "deletedTime", "createdTime", "modifiedTime"])("is accepted as %s and not stored", (name) => {
    const body = { [name]: zeroAt(330) };
    expect(checkDataSetCreate(body)).toEqual({ ok: true });
    expect(normalizeDataSetCreate(body, { ...ids, now: time })).not.toHaveProperty(name, zeroAt(0));
    if (name === "time") expect(normalizeDataSetCreate(body, { ...ids, now: time })).not.toHaveProperty("time");
  });

  it("leaves the time to the server only where there is none", () => {
    for (const body of [{}, { time: null }] as ReadonlyArray<object>)
      expect(normalizeDataSetCreate(body, { ...ids, now: time })).toMatchObject({ time });
  });

  it("is refused where a service changes it", () =>
    expect(checkDataSetUpdate({ time: zeroAt(1) })).toMatchObject({
      issues: [{ pointer: "/time", code: "value-empty" }]
    }));
});
