import { type Datum, type Kind, check, definitionOf, kindOf, normalize, writable } from "@tideway/schemas";
import * as z from "zod/mini";
import type { Bench } from "./bench.ts";

/** A million datums, a chunk at a time as an upload has them. */
const count = 1_000_000;
const portion = 1000;

const week = ["Weekday", "Weekend"] as const;

/** A mix as pumps, monitors and phones send it: of 20 datums, 13 glucose readings. */
const datumAt = (index: number): Datum => {
  const time = new Date(1_770_000_000_000 + index * 300_000).toISOString();
  const origin = { id: `org.example.app#${index.toString(36).padStart(12, "0")}`, name: "org.example.app" };
  const base = {
    time,
    timezone: "Europe/Berlin",
    timezoneOffset: 60,
    deviceTime: time.slice(0, 19),
    deviceId: "d",
    origin
  };
  const scheduleName = week[index % 2] ?? "";
  const suppressed = { type: "basal", deliveryType: "scheduled", rate: 0.9, scheduleName } as const;
  const part = index % 20;
  if (part < 13) {
    return { type: "cbg", ...base, units: "mg/dL", value: 70 + ((index * 7) % 200), trend: "constant" };
  }
  if (part < 15) {
    return {
      type: "basal",
      deliveryType: "automated",
      ...base,
      duration: 300_000,
      rate: 0.85,
      scheduleName,
      suppressed
    };
  }
  if (part < 16) {
    return { type: "basal", deliveryType: "temp", ...base, duration: 1_800_000, rate: 0.4, percent: 0.5, suppressed };
  }
  if (part < 17) return { type: "bolus", subType: "normal", ...base, normal: 3.25, expectedNormal: 4 };
  if (part < 18) {
    const bolus = { type: "bolus", subType: "normal", time, normal: 5, origin } as const;
    const recommended = { carb: 4.5, correction: 1, net: 5.1 };
    return {
      type: "wizard",
      ...base,
      units: "mg/dL",
      bgInput: 150,
      bgTarget: { low: 90, high: 110 },
      recommended,
      bolus
    };
  }
  if (part < 19) {
    return { type: "food", ...base, name: "Lunch", nutrition: { carbohydrate: { net: 45, units: "grams" } } };
  }
  const reason = { suspended: "manual" };
  return {
    type: "deviceEvent",
    subType: "status",
    ...base,
    status: "suspended",
    reason,
    payload: { event: "x", n: index }
  };
};

/** Milliseconds that each step takes for all datums, in portions, so that every step meets the same memory. */
const measure = (steps: Readonly<Record<string, (datum: never) => unknown>>): ReadonlyMap<string, number> => {
  const spent = new Map<string, number>();
  const add = (name: string, since: number): void => {
    spent.set(name, (spent.get(name) ?? 0) + performance.now() - since);
  };
  for (let from = 0; from < count; from += portion) {
    const texts = Array.from({ length: portion }, (_, index) => JSON.stringify(datumAt(from + index)));
    const since = performance.now();
    const datums = texts.map((text) => JSON.parse(text) as never);
    add("JSON.parse", since);
    for (const [name, step] of Object.entries(steps)) {
      const since = performance.now();
      for (const datum of datums) step(datum);
      add(name, since);
    }
  }
  return spent;
};

export const bench: Bench = {
  name: "schemas",
  run: async (say) => {
    const structural = new Map<Kind, z.ZodMiniType>();
    const schemaOf = (kind: Kind): z.ZodMiniType => {
      const known = structural.get(kind) ?? z.object((definitionOf(kind).zod(z) as z.ZodMiniObject).shape);
      structural.set(kind, known);
      return known;
    };
    const newId = (): string => "0".repeat(32);
    const spent = measure({
      check: (datum: Datum) => {
        if (!check(datum).ok) throw new Error("The benchmark's own datum was refused.");
      },
      kindOf: (datum: Datum) => kindOf(datum),
      writable: (datum: Datum) => writable(datum),
      normalize: (datum: Datum) => normalize(datum, { newId }),
      "zod/mini safeParse, structure only": (datum: Datum) => schemaOf(kindOf(datum) ?? "cbg").safeParse(datum)
    });
    const parse = spent.get("JSON.parse") ?? 1;
    for (const [name, time] of spent) {
      const each = `${((time / count) * 1e6).toFixed(0)} ns each`;
      say(`${name.padEnd(36)} ${each.padStart(14)}   ${(time / parse).toFixed(2)} of JSON.parse`);
    }
    say(`${count.toLocaleString("en")} mixed datums; check may cost 1.00 of JSON.parse`);
  }
};
