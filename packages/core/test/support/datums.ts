import type { DatumOf } from "@tideway/schemas";

/** A sensor value that the platform takes; `index` makes its time and origin id. */
export const cbg = (index: number, value = 100): DatumOf<"cbg"> => ({
  type: "cbg",
  time: new Date(Date.UTC(2026, 0, 1) + index * 300_000).toISOString(),
  units: "mg/dL",
  value,
  origin: { id: `cbg-${index}`, name: "org.example.app", type: "application" }
});

export const cbgs = (count: number, value = 100) => Array.from({ length: count }, (_, index) => cbg(index, value));

/** A wizard with its bolus inside, without an origin of its own. */
export const wizard = (index: number, normal = 2.5): DatumOf<"wizard"> => {
  const time = new Date(Date.UTC(2026, 0, 1) + index * 300_000).toISOString();
  const bolus = { type: "bolus", subType: "normal", time, normal } as const;
  const origin = { id: `wizard-${index}`, name: "org.example.app", type: "application" } as const;
  return { type: "wizard", time, units: "mg/dL", carbInput: 30, bolus, origin };
};

const origin = (id: string) => ({ id, name: "org.example.app", type: "application" }) as const;
const noon = "2026-01-01T12:00:00Z";

/** A bolus; with an id, one of its own. */
export const bolus = (normal: number, id?: string): DatumOf<"bolus/normal"> => ({
  type: "bolus",
  subType: "normal",
  time: noon,
  normal,
  ...(id === undefined ? {} : { origin: origin(id) })
});

/** A wizard of that id, with that inside. */
export const wizardWith = (
  id: string,
  inside?: NonNullable<DatumOf<"wizard">["bolus"]>,
  carbInput = 30
): DatumOf<"wizard"> => ({
  type: "wizard",
  time: noon,
  units: "mg/dL",
  carbInput,
  ...(inside ? { bolus: inside } : {}),
  origin: origin(id)
});
