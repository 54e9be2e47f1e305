import type { DayEvents, GlucoseSeries, GlucoseUnit } from "@tideway/charts";
import type { Counts } from "@tideway/core";
import type { Finding } from "./findings.ts";
import type { Clock } from "./local-time.ts";
import type { Part, Refused } from "./opened.ts";
import type { PeriodView } from "./preview-records.ts";
import type { Problem } from "./problems.ts";

/** What is going to be stored, found by the engine itself before anything is sent. Holds nothing that a worker cannot send. */
export interface Preview extends PeriodView {
  readonly parts: ReadonlyArray<Part>;
  readonly refused: ReadonlyArray<Refused>;
  /** What the engine would do with each datum and problem, for a session that is empty. */
  readonly counts: Counts;
  /** Of those that will be stored, by kind, the most frequent first; datums inside others count as what they are. */
  readonly kinds: ReadonlyArray<readonly [kind: string, count: number]>;
  /** What is not going to arrive, one for each reason. */
  readonly problems: ReadonlyArray<Problem>;
  /** What a person should look at before sending. */
  readonly findings: ReadonlyArray<Finding>;
  /** The readings that the numbers are about: without those that stand far apart from the others. */
  readonly glucose: GlucoseSeries;
  readonly events: DayEvents;
  /** The unit that most of the readings are in. */
  readonly unit: GlucoseUnit;
  readonly clock: Clock;
  readonly days: ReadonlyArray<Day>;
  /** For each datum that is stored, in the order of sending, the index of its day in `days`; -1 where it has none. */
  readonly dayOf: Int32Array;
}

/** How much there is of one local day. */
export interface Day {
  /** Its midnight, in milliseconds since 1970. */
  readonly start: number;
  readonly datums: number;
  /** How many days without data lie before it that are not in the list, since they are very many. */
  readonly skipped: number;
}
