/** The members of a document of a Nightscout site, as JSON has them. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a site keeps apart. */
export type Collection = "entries" | "treatments" | "profile" | "devicestatus";

/** A document, and where it stands for people: `element 12 of entries.json`. */
export interface NightscoutDocument {
  readonly collection: Collection | undefined;
  readonly fields: Fields;
  readonly at: string;
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const wrappedNumbers: ReadonlySet<string> = new Set(["$numberLong", "$numberInt", "$numberDouble", "$numberDecimal"]);

/** A value of MongoDB's own JSON (`{"$oid": …}`, `{"$date": …}`) as a site's API would give it. */
export const withoutWrappers = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutWrappers);
  if (!isFields(value)) return value;
  const keys = Object.keys(value);
  const [key] = keys;
  if (keys.length === 1 && key !== undefined) {
    const inner = value[key];
    if (key === "$oid") return inner;
    if (key === "$date") return isFields(inner) ? withoutWrappers(inner) : inner;
    if (wrappedNumbers.has(key)) return Number(inner);
  }
  return Object.fromEntries(keys.map((name) => [name, withoutWrappers(value[name])]));
};

const entryTypes: ReadonlySet<unknown> = new Set(["sgv", "mbg", "cal", "sensor", "etc"]);
const has = (fields: Fields, ...names: ReadonlyArray<string>): boolean =>
  names.some((name) => fields[name] !== undefined && fields[name] !== null);

/** Which collection a document is of, by its members: dumps do not say it. */
export const collectionOf = (fields: Fields): Collection | undefined => {
  if (isFields(fields["store"]) || (Array.isArray(fields["basal"]) && has(fields, "dia", "carbratio")))
    return "profile";
  if (typeof fields["eventType"] === "string") return "treatments";
  const timed = has(fields, "date", "dateString", "sysTime", "mills");
  if (timed && (entryTypes.has(fields["type"]) || has(fields, "sgv", "mbg"))) return "entries";
  if (has(fields, "openaps", "loop", "pump", "uploader", "uploaderBattery", "xdripjs", "configuration")) {
    return "devicestatus";
  }
  return has(fields, "created_at") && has(fields, "insulin", "carbs", "glucose") ? "treatments" : undefined;
};

/** A number, also where an app wrote it as text. `undefined`: blank or none, which is never 0. */
export const numberIn = (value: unknown): number | undefined => {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const number = Number(value.trim().replace(/^(-?\d+),(\d+)$/u, "$1.$2"));
  return Number.isFinite(number) ? number : undefined;
};

/** A text that is not blank. */
export const textIn = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
