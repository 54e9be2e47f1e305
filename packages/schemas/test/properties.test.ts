import { type Datum, check, everyKind, kindOf, kinds, normalize, writable } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import { generate } from "./generate.ts";
import { randomFrom } from "./random-json.ts";

const ids = () => {
  let made = 0;
  return { newId: () => String(made++).padStart(32, "0") };
};
const seeds = Array.from({ length: 200 }, (_, seed) => seed);
const generated = kinds.map((kind) => [kind, seeds.map((seed) => generate(kind, randomFrom(seed)))] as const);

/** Compared as text: the assertions of tens of thousands of objects would take longer than all the rest. */
const text = (value: unknown): string => JSON.stringify(value);

describe("everything that a schema's own generator makes", () => {
  it.each(generated)("of %s is accepted by check", (kind, datums) => {
    const refused = datums.filter((datum) => kindOf(datum) !== kind || !check(datum).ok);
    expect(refused.map((datum) => ({ datum, verdict: check(datum) }))).toEqual([]);
  });

  it.each(generated)("of %s is judged alike by the quick way and by the thorough one", (_kind, datums) => {
    // What nests this deep in a member that is ignored leaves the quick way, and changes nothing.
    const ignored = JSON.parse("[".repeat(600) + "]".repeat(600)) as unknown;
    for (const datum of datums.slice(0, 10)) {
      expect(check({ ...datum, ignored })).toEqual({ ok: true });
      for (const name of Object.keys(datum)) {
        for (const other of [null, -1, "", {}, []]) {
          const changed = { ...datum, [name]: other };
          expect(text(check(changed))).toBe(text(check({ ...changed, ignored })));
        }
      }
    }
  });

  it.each(generated)("of %s fits where nothing is wrong with it and none of its members is unknown", (kind, datums) => {
    // Some texts leave the quick way: then nothing is said.
    const fitting = datums.slice(0, 20).filter((datum) => everyKind.fits(datum) !== undefined);
    expect(fitting.length).toBeGreaterThan(2);
    for (const datum of fitting) {
      expect(everyKind.fits(datum)).toBe(kind);
      expect(everyKind.fits({ ...datum, stranger: 1 })).toBeUndefined();
      expect(everyKind.fits({ ...datum, stranger: null })).toBe(kind);
      for (const name of Object.keys(datum)) {
        for (const other of [null, -1, "", {}, []]) {
          const changed = { ...datum, [name]: other };
          const isGood = check(changed).ok && writable(changed).dropped.length === 0;
          if (everyKind.fits(changed) !== undefined) expect({ changed, isGood }).toEqual({ changed, isGood: true });
        }
      }
    }
  });

  it.each(generated)("of %s has nothing that writable would leave out", (_kind, datums) => {
    expect(datums.filter((datum) => writable(datum).dropped.length > 0)).toEqual([]);
  });
});

describe("normalize", () => {
  // Not all that is stored can be written: see the README. What can be is stored as it is.
  it.each(generated)("changes nothing the second time: %s", (_kind, datums) => {
    for (const datum of datums) {
      for (const stored of normalize(datum as Datum, ids())) {
        const again = writable(stored).datum;
        if (!check(again).ok) continue;
        const links = { bolus: stored.type === "wizard" ? stored.bolus : undefined };
        const [second] = normalize(again as Datum, ids());
        expect({ ...second, ...links }).toEqual({ ...(again as object), ...links });
      }
    }
  });

  it("splits a wizard's bolus off, links it, and loses the link of an automated one as the platform does", () => {
    const time = "2026-05-14T10:17:08+02:00";
    const wizard = { type: "wizard", time, units: "mg/dL", bgInput: 100 } as const;
    const normal = { type: "bolus", subType: "normal", time, normal: 1 } as const;
    expect(normalize({ ...wizard, bolus: normal }, ids())).toEqual([
      {
        ...wizard,
        time: "2026-05-14T08:17:08Z",
        units: "mmol/L",
        bgInput: 5.55075,
        id: "0".repeat(32),
        bolus: `${"0".repeat(31)}1`
      },
      { ...normal, time: "2026-05-14T08:17:08Z", id: `${"0".repeat(31)}1` }
    ]);
    const [stored] = normalize({ ...wizard, bolus: { ...normal, subType: "automated" } }, ids());
    expect(stored).not.toHaveProperty("bolus");
  });
});
