import type { Summary } from "@tideway/metrics";
import type { Unit } from "../say/glucose.ts";
import type { LocalTime } from "./local-time.ts";
import type { Series } from "./series.ts";

/** What a file holds, as far as can be seen without uploading it. */
export interface Preview {
  readonly file: File;
  /** Datums and problems, as they will be counted when uploading. */
  readonly total: number;
  /** Counts by kind, the most frequent first. */
  readonly kinds: ReadonlyArray<readonly [kind: string, count: number]>;
  /** What is not going to arrive, one for each reason. */
  readonly problems: ReadonlyArray<Problem>;
  readonly glucose: Series;
  readonly summary: Summary;
  /** The unit that most of the file's readings are in. */
  readonly unit: Unit;
  readonly localTime: LocalTime;
  /** One for each day from the first datum to the last, empty days included. */
  readonly days: ReadonlyArray<Day>;
  /** For each datum and problem in the order of the file, the index of its day in `days`; -1 where it has none. */
  readonly dayOf: Int32Array;
}

/** A reason why parts of a file are not going to arrive. */
export interface Problem {
  /** `unreadable`: no datum; `refused`: a datum that breaks the platform's rules; `left out`: not for upload, and that is fine. */
  readonly fate: "unreadable" | "refused" | "left out";
  /** Parts with the same key have the same reason. */
  readonly key: string;
  /** Where the first such part stands, and what is said about it. */
  readonly at: string;
  readonly message: string;
  readonly count: number;
}

/** How much there is of one local day. */
export interface Day {
  /** Its midnight, in milliseconds since 1970. */
  readonly start: number;
  readonly datums: number;
}
