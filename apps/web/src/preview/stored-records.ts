import { embedded, kindOf } from "@tideway/schemas";

type Members = Readonly<Record<string, unknown>>;

/** What a preview keeps of a datum that will be stored. */
export interface StoredRecord {
  readonly kind: string;
  /** Milliseconds since 1970; NaN where it has no time. */
  readonly time: number;
  readonly zone: string | undefined;
  /** Only of glucose: the value as it is in the file, which the statistics take. */
  readonly glucose: Glucose | undefined;
}

/** A glucose value, from a sensor (`cbg`) or a finger (`smbg`). */
export interface Glucose {
  readonly type: "cbg" | "smbg";
  readonly time: string;
  readonly value: number;
  readonly units: string;
  readonly sampleInterval: number | undefined;
  readonly deviceId: string | undefined;
  readonly timezoneOffset: number | undefined;
}

const textOr = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const numberOr = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

const glucoseOf = (datum: Members): Glucose | undefined => {
  const { type, time, value, units } = datum;
  if (type !== "cbg" && type !== "smbg") return undefined;
  if (typeof value !== "number" || typeof time !== "string" || typeof units !== "string") return undefined;
  return {
    type,
    time,
    value,
    units,
    sampleInterval: numberOr(datum["sampleInterval"]),
    deviceId: textOr(datum["deviceId"]),
    timezoneOffset: numberOr(datum["timezoneOffset"])
  };
};

/** What a session holds after some datums were sent into it: one record for each id, the last that came. */
export class StoredRecords {
  readonly #byId = new Map<string, StoredRecord>();

  /** Takes a datum as the engine sends it: checked, and with an origin. What is inside it is stored by itself. */
  add(datum: Members): void {
    this.#put(datum);
    for (const { datum: inner } of embedded(datum)) this.#put(inner as unknown as Members);
  }

  get size(): number {
    return this.#byId.size;
  }

  all(): IterableIterator<StoredRecord> {
    return this.#byId.values();
  }

  #put(datum: Members): void {
    const { type, origin, time, timezone } = datum;
    const id = (origin as { readonly id?: string } | undefined)?.id ?? `without an id ${this.#byId.size}`;
    this.#byId.set(`${String(type)} ${id}`, {
      kind: kindOf(datum) ?? "unknown",
      time: typeof time === "string" ? Date.parse(time) : Number.NaN,
      zone: textOr(timezone),
      glucose: glucoseOf(datum)
    });
  }
}
