import type { Check, StoredDatum } from "@tideway/schemas";

const conversion = 18.01559;

/** What every datum must have; the schemas package takes over with the full rules. */
export function checkBatch(datums: ReadonlyArray<unknown>): Check {
  const issues = datums.flatMap((datum, index) => {
    if (datum === null) return [];
    if (typeof datum !== "object" || Array.isArray(datum)) {
      return [{ pointer: `/${index}`, code: "type-not-object", message: "A datum is an object." }];
    }
    const { type, time } = datum as Record<string, unknown>;
    return [
      ...(typeof type === "string"
        ? []
        : [{ pointer: `/${index}/type`, code: "value-not-exists", message: "A datum has a type." }]),
      ...(typeof time === "string" && !Number.isNaN(Date.parse(time))
        ? []
        : [{ pointer: `/${index}/time`, code: "value-not-exists", message: "A datum has a time." }])
    ];
  });
  return issues.length === 0 ? { ok: true } : { ok: false, phase: "parse", issues };
}

/** The datum as stored: an id, glucose in mmol/L, time in UTC. */
export function normalize(
  datum: Record<string, unknown>,
  options: { readonly newId: () => string }
): ReadonlyArray<StoredDatum> {
  const mgdl = datum["units"] === "mg/dL" || datum["units"] === "mg/dl";
  const value = Number(datum["value"]);
  const stored = {
    ...datum,
    id: datum["id"] ?? options.newId(),
    time: new Date(String(datum["time"])).toISOString().replace(".000Z", "Z"),
    ...(mgdl ? { units: "mmol/L", value: Math.trunc((value / conversion) * 100_000 + 0.5) / 100_000 } : {})
  };
  return [stored as unknown as StoredDatum];
}

/** A data set's body is an object. */
export function checkDataSetCreate(_body: unknown): Check {
  return { ok: true };
}

/** As `checkDataSetCreate`. */
export function checkDataSetUpdate(_body: unknown): Check {
  return { ok: true };
}

/** The body without absent members. */
export function normalizeDataSetCreate(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}
