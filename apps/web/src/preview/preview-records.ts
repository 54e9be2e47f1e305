import { type DayEvents, EventCollector } from "@tideway/charts";
import {
  createSummarizer,
  type PeriodSummary,
  type ProfileBin,
  type Span,
  type Summary,
  type Summarizer,
  type Withheld
} from "@tideway/metrics";
import type { LocalTime } from "./local-time.ts";
import type { StoredRecords } from "./stored-records.ts";
import { targetsOf, type TargetSetName } from "./target-set.ts";

/** The numbers of a period. Holds nothing that a worker cannot send. */
export interface PeriodView {
  readonly summary: Summary;
  readonly profile: ReadonlyArray<ProfileBin> | Withheld;
  /** The numbers of each local day, of all that there are. */
  readonly daily: ReadonlyArray<PeriodSummary>;
}

/** Which numbers are asked for. */
export interface PeriodQuery {
  /** Undefined: all, without what stands years apart. */
  readonly period: Span | undefined;
  readonly targets: TargetSetName;
}

/** Works out the numbers of any period of the records of a preview; what costs most is kept for the next time. */
export class PreviewRecords {
  readonly records: StoredRecords;
  readonly #now: number;
  readonly #local: LocalTime;
  readonly #whole = new Map<TargetSetName, Summarizer>();
  readonly #daily = new Map<TargetSetName, ReadonlyArray<PeriodSummary>>();

  constructor(records: StoredRecords, { now, local }: { readonly now: number; readonly local: LocalTime }) {
    this.records = records;
    this.#now = now;
    this.#local = local;
  }

  view({ period, targets }: PeriodQuery): PeriodView {
    const summarizer = period === undefined ? this.#wholeFor(targets) : this.#summarizerFor(period, targets);
    const daily = this.#daily.get(targets) ?? this.#wholeFor(targets).periods();
    this.#daily.set(targets, daily);
    return { summary: summarizer.summary(), profile: summarizer.profile(), daily };
  }

  /** Insulin, carbohydrates and fingersticks of all records. */
  events(): DayEvents {
    const collector = new EventCollector();
    for (const [row, kind] of this.records.kinds.entries())
      if (kind !== "cbg") collector.add(this.records.datumAt(row));
    return collector.events;
  }

  #wholeFor(targets: TargetSetName): Summarizer {
    const summarizer = this.#whole.get(targets) ?? this.#summarizerFor(undefined, targets);
    this.#whole.set(targets, summarizer);
    return summarizer;
  }

  #summarizerFor(period: Span | undefined, targets: TargetSetName): Summarizer {
    const summarizer = createSummarizer({
      now: this.#now,
      timeZone: this.#local.offsetAt,
      targets: targetsOf(targets),
      period
    });
    for (const [row, time] of this.records.times.entries()) {
      if (this.records.kinds[row] !== "cbg" || (period !== undefined && (time < period.from || time >= period.to)))
        continue;
      const reading = this.records.glucoseAt(row);
      if (reading !== undefined) summarizer.add(reading);
    }
    return summarizer;
  }
}
