import type { Entry } from "../entry.ts";
import type { OpenFiles } from "../format.ts";
import { type Numbered, NumberedRecords } from "../identity/numbered-records.ts";
import type { NotesInProgress } from "../notes.ts";
import type { ReadOptions } from "../read-options.ts";
import { rowDatum, rowProblem } from "../row-entry.ts";
import type { RowFault } from "../row-fault.ts";
import { futureFault } from "../time/future-fault.ts";
import { timezoneNeed } from "../time/timezone-need.ts";
import { unclearTimeFault } from "../time/unclear-time-fault.ts";
import { ZoneClock } from "../time/zone-clock.ts";
import { PlausibleTimes } from "../values/plausible-times.ts";
import { mappedAmountOf, mappedContentOf, mappedDatum, mappedDeviceId, mappedKey } from "./mapped-datum.ts";
import type { MappedRecord } from "./mapped-record.ts";
import { type MappedRow, mappedRows } from "./mapped-rows.ts";
import type { Mapping } from "./mapping.ts";
import { type MappedSurvey, surveyMapped } from "./survey-mapped.ts";

interface Placed {
  readonly item: MappedRow;
  readonly record: MappedRecord;
}

/** The moment of a row and the members that say it, or why there is none. */
const timeOf = (
  { moment, columns }: MappedRow,
  isOneOfMany: boolean,
  clock: ZoneClock | undefined
): { readonly instant: number; readonly members: Readonly<Record<string, unknown>> } | RowFault => {
  if ("instant" in moment) {
    const { instant, offset } = moment;
    const local =
      offset === undefined
        ? {}
        : { timezoneOffset: offset, deviceTime: new Date(instant + offset * 60_000).toISOString().slice(0, 19) };
    return { instant, members: { time: new Date(instant).toISOString(), ...local } };
  }
  // Without a zone there was a need, and nothing is read.
  const instant = isOneOfMany ? clock!.possibleInstants(moment.wall) : clock!.instantOf(moment.wall);
  return typeof instant === "number"
    ? { instant, members: { ...clock!.members(moment.wall, instant) } }
    : unclearTimeFault(instant, columns.names[columns.time[0]!] ?? "time", isOneOfMany);
};

/** The entries of one file. */
const readMapped = async function* (
  mapping: Mapping,
  { file, table, reading, repeated, intervals }: MappedSurvey,
  options: ReadOptions,
  clock: ZoneClock | undefined,
  notes: NotesInProgress
): AsyncGenerator<ReadonlyArray<Entry>> {
  const numbers = new NumberedRecords<Placed>(repeated);
  const times = new PlausibleTimes(options.now);
  const rejected = ({ code, message, column }: RowFault, row: number): Entry =>
    rowProblem({
      outcome: "rejected",
      code,
      message,
      file: file.name,
      row,
      ...(column === undefined ? {} : { column })
    });

  const entryOf = (numbered: Numbered<Placed>): Entry => {
    const { item, record } = numbered.record;
    if ("copy" in numbered) {
      const message = "The same record stands in another row of this file.";
      return rowProblem({ outcome: "skipped", code: "repeated-row", message, file: file.name, row: item.row });
    }
    // A sensor has readings in both of the hours that clocks showed twice: no answer can be true for all of them.
    const time = timeOf(item, record.kind === "cbg", clock);
    if ("code" in time) return rejected(time, item.row);
    if (!times.accepts(time.instant, item.row))
      return rejected(futureFault(item.columns.names[item.columns.time[0]!] ?? "time"), item.row);
    const { occurrence } = numbered;
    const sampleInterval = intervals.get(mappedDeviceId(mapping, item.serial));
    const datum = mappedDatum(record, { mapping, row: item, times: time.members, occurrence, sampleInterval });
    return rowDatum(datum, file.name, item.row);
  };

  for await (const page of mappedRows(mapping, table, reading)) {
    const entries: Array<Entry> = [];
    for (const item of page) {
      if ("fault" in item) entries.push(rejected(item.fault, item.row));
      if (!("records" in item)) continue;
      for (const fault of item.faults) entries.push(rejected(fault, item.row));
      for (const what of item.notMapped) notes.skip(what);
      for (const record of item.records) {
        const next = numbers.add({
          key: mappedKey(item, record),
          content: mappedContentOf(record),
          amount: mappedAmountOf(record),
          record: { item, record }
        });
        if (next) entries.push(entryOf(next));
      }
    }
    if (entries.length > 0) yield entries;
  }
  const held = [...numbers.end()].map(entryOf);
  if (held.length > 0) yield held;
  times.tell(notes, file.name);
};

/** Reads tables by a mapping, file by file: records that two of them share have the same origin id. */
export const openMapped =
  (mapping: Mapping): OpenFiles =>
  async (files, options, notes) => {
    const clock = await ZoneClock.open(options);
    const surveys: Array<MappedSurvey> = [];
    for (const file of files) surveys.push(await surveyMapped(mapping, file, options, notes));
    const examples = clock === undefined ? surveys.flatMap(({ example }) => example ?? []) : [];
    const zone = examples.length > 0 ? [timezoneNeed(examples)] : [];
    return {
      needs: [...zone, ...surveys.flatMap(({ needs }) => needs)],
      async *read() {
        for (const survey of surveys) yield* readMapped(mapping, survey, options, clock, notes);
      }
    };
  };
