import { datumInWords } from "./datum-in-words.ts";
import { plainKind } from "./plain-kinds.ts";
import type { StoredRecords } from "./stored-records.ts";

/** A row of the table of records. */
export interface RecordRow {
  readonly row: number;
  /** Milliseconds since 1970; NaN where it has none. */
  readonly time: number;
  readonly kind: string;
  readonly words: string;
  readonly device: string | undefined;
}

/** By what the table is sorted. */
export type RecordOrder = "time" | "kind" | "words";

/** Which rows are asked for. */
export interface RecordQuery {
  /** Rows whose kind, words, device or day in UTC hold this text; empty for all. */
  readonly search: string;
  readonly order: RecordOrder;
  readonly isDescending: boolean;
  /** Of the rows in order, the first, and how many. */
  readonly from: number;
  readonly count: number;
}

/** What a query found. */
export interface RecordPage {
  /** How many rows there are in all. */
  readonly total: number;
  readonly rows: ReadonlyArray<RecordRow>;
}

/** The records of a preview as a table that can be searched and sorted; the last order is kept, since people scroll. */
export class RecordTable {
  readonly #records: StoredRecords;
  #words: ReadonlyArray<string> | undefined;
  #last: { readonly key: string; readonly rows: Uint32Array } | undefined;

  constructor(records: StoredRecords) {
    this.#records = records;
  }

  page({ from, count, ...query }: RecordQuery): RecordPage {
    const rows = this.#ordered(query);
    return { total: rows.length, rows: [...rows.subarray(from, from + count)].map((row) => this.#rowAt(row)) };
  }

  /** The datum of a row, as it is sent. */
  datumAt(row: number): Readonly<Record<string, unknown>> {
    return this.#records.datumAt(row);
  }

  #rowAt(row: number): RecordRow {
    return {
      row,
      time: this.#records.times[row] ?? Number.NaN,
      kind: this.#records.kinds[row] ?? "",
      words: this.#words?.[row] ?? datumInWords(this.#records.datumAt(row)),
      device: this.#records.deviceAt(row)
    };
  }

  #ordered({ search, order, isDescending }: Omit<RecordQuery, "from" | "count">): Uint32Array {
    const key = JSON.stringify([search, order, isDescending]);
    if (this.#last?.key === key) return this.#last.rows;
    const wanted = search.trim().toLowerCase();
    const rows = Uint32Array.from(
      Array.from({ length: this.#records.size }, (_, row) => row).filter(
        (row) => wanted === "" || this.#holds(row, wanted)
      )
    );
    const compare = this.#comparing(order);
    rows.sort((a, b) => (isDescending ? compare(b, a) : compare(a, b)) || a - b);
    this.#last = { key, rows };
    return rows;
  }

  #comparing(order: RecordOrder): (a: number, b: number) => number {
    const { times, kinds } = this.#records;
    const timeOf = (row: number): number => {
      const time = times[row] ?? Number.NaN;
      return Number.isNaN(time) ? Infinity : time;
    };
    if (order === "time") return (a, b) => timeOf(a) - timeOf(b) || 0;
    if (order === "kind") return (a, b) => (kinds[a] ?? "").localeCompare(kinds[b] ?? "") || timeOf(a) - timeOf(b) || 0;
    const words = this.#allWords();
    const numbers = words.map((text) => Number.parseFloat(text));
    return (a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || (words[a] ?? "").localeCompare(words[b] ?? "");
  }

  #allWords(): ReadonlyArray<string> {
    return (this.#words ??= Array.from({ length: this.#records.size }, (_, row) =>
      datumInWords(this.#records.datumAt(row))
    ));
  }

  #holds(row: number, wanted: string): boolean {
    const time = this.#records.times[row] ?? Number.NaN;
    const kind = this.#records.kinds[row] ?? "";
    const day = Number.isNaN(time) ? "" : new Date(time).toISOString().slice(0, 16).replace("T", " ");
    return `${kind} ${plainKind(kind)} ${this.#allWords()[row] ?? ""} ${this.#records.deviceAt(row) ?? ""} ${day}`
      .toLowerCase()
      .includes(wanted);
  }
}
