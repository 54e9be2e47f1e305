import type { Reading } from "@tideway/metrics";
import { embedded, kindOf } from "@tideway/schemas";

type Members = Readonly<Record<string, unknown>>;

/** A glucose value as it is in the file, which the statistics take, from a sensor (`cbg`) or a finger (`smbg`). */
export interface Glucose extends Reading {
  readonly type: "cbg" | "smbg";
}

const textOr = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const numberOr = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

/** Chunks that are kept parsed: people look at rows that stand together. */
const parsedChunks = 4;

/**
 * What a session holds after some datums were sent into it: one record for each id, the last that came. Kept in columns beside the text that
 * was sent, so that years of readings cost little: 105,000 objects would keep the collector busy for longer than the engine is.
 */
export class StoredRecords {
  /** By type, then by id: joining the two would make a new text of each. */
  readonly #rows = new Map<unknown, Map<string, number>>();
  readonly #bodies: Array<string> = [];
  readonly #parsed = new Map<number, ReadonlyArray<Members>>();
  readonly #chunks: Array<number> = [];
  readonly #places: Array<number> = [];
  /** 0 for a datum itself, else the number of the one inside it. */
  readonly #insides: Array<number> = [];
  readonly #values: Array<number> = [];
  readonly #units: Array<string | undefined> = [];
  readonly #texts: Array<string> = [];
  readonly #intervals: Array<number | undefined> = [];
  readonly #devices: Array<string | undefined> = [];
  readonly #offsets: Array<number | undefined> = [];
  /** Of each row, as `bolus/normal`. */
  readonly kinds: Array<string> = [];
  /** Of each row, in milliseconds since 1970; NaN where it has no time. */
  readonly times: Array<number> = [];
  /** Of each row the zone that the datum names. */
  readonly zones: Array<string | undefined> = [];

  get size(): number {
    return this.kinds.length;
  }

  /** Takes a chunk as the engine sends it: datums that are checked, each with an origin. What is inside one is stored by itself. */
  addChunk(body: string): void {
    const chunk = this.#bodies.push(body) - 1;
    for (const [place, datum] of (JSON.parse(body) as ReadonlyArray<Members>).entries()) {
      this.#put(datum, chunk, place, 0);
      for (const [index, inner] of embedded(datum).entries())
        this.#put(inner.datum as unknown as Members, chunk, place, index + 1);
    }
  }

  /** A datum as it is sent. */
  datumAt(row: number): Members {
    const chunk = this.#chunks[row] ?? 0;
    const whole = this.#chunkAt(chunk)[this.#places[row] ?? 0] ?? {};
    const inside = this.#insides[row] ?? 0;
    return inside === 0 ? whole : ((embedded(whole)[inside - 1]?.datum as unknown as Members) ?? {});
  }

  deviceAt(row: number): string | undefined {
    return this.#devices[row];
  }

  /** The glucose of a row; undefined where it is of another kind. */
  glucoseAt(row: number): Glucose | undefined {
    const units = this.#units[row];
    if (units === undefined) return undefined;
    return {
      type: this.kinds[row] === "smbg" ? "smbg" : "cbg",
      time: this.#texts[row] ?? "",
      value: this.#values[row] ?? Number.NaN,
      units,
      sampleInterval: this.#intervals[row],
      deviceId: this.#devices[row],
      timezoneOffset: this.#offsets[row]
    };
  }

  #chunkAt(chunk: number): ReadonlyArray<Members> {
    const known = this.#parsed.get(chunk);
    if (known !== undefined) return known;
    const datums = JSON.parse(this.#bodies[chunk] ?? "[]") as ReadonlyArray<Members>;
    const [oldest] = this.#parsed.keys();
    if (this.#parsed.size >= parsedChunks && oldest !== undefined) this.#parsed.delete(oldest);
    this.#parsed.set(chunk, datums);
    return datums;
  }

  #put(datum: Members, chunk: number, place: number, inside: number): void {
    const { type, origin, time, timezone } = datum;
    const id = (origin as { readonly id?: string } | undefined)?.id ?? `without an id ${this.size}`;
    const rows = this.#rows.get(type) ?? new Map<string, number>();
    this.#rows.set(type, rows);
    const row = rows.get(id) ?? this.size;
    if (row === this.size) rows.set(id, row);
    const text = textOr(time) ?? "";
    const isGlucose = (type === "cbg" || type === "smbg") && typeof datum["value"] === "number" && text !== "";
    this.#chunks[row] = chunk;
    this.#places[row] = place;
    this.#insides[row] = inside;
    this.kinds[row] = type === "cbg" ? "cbg" : (kindOf(datum) ?? "unknown");
    this.times[row] = text === "" ? Number.NaN : Date.parse(text);
    this.zones[row] = textOr(timezone);
    this.#units[row] = isGlucose ? textOr(datum["units"]) : undefined;
    this.#values[row] = numberOr(datum["value"]) ?? Number.NaN;
    this.#texts[row] = text;
    this.#intervals[row] = numberOr(datum["sampleInterval"]);
    this.#devices[row] = textOr(datum["deviceId"]);
    this.#offsets[row] = numberOr(datum["timezoneOffset"]);
  }
}
