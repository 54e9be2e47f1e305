import type { Entry } from "../../entry.ts";
import type { OpenFiles } from "../../format.ts";
import { type Numbered, NumberedRecords } from "../../identity/numbered-records.ts";
import type { NotesInProgress } from "../../notes.ts";
import type { ReadOptions } from "../../read-options.ts";
import { rowDatum, rowProblem } from "../../row-entry.ts";
import type { RowFault } from "../../row-fault.ts";
import { futureFault } from "../../time/future-fault.ts";
import { timezoneNeed } from "../../time/timezone-need.ts";
import { unclearTimeFault } from "../../time/unclear-time-fault.ts";
import { ZoneClock } from "../../time/zone-clock.ts";
import { PlausibleTimes } from "../../values/plausible-times.ts";
import { deviceIdOf, libreviewDatum } from "./libreview-datum.ts";
import type { LibreviewRecord } from "./libreview-record.ts";
import { type LibreviewRow, libreviewRows } from "./libreview-rows.ts";
import { libreviewKey } from "./origin-id.ts";
import { amountOf, contentOf, type LibreviewSurvey, surveyLibreview } from "./survey-libreview.ts";

const column = "Device Timestamp";

interface Placed {
  readonly item: LibreviewRow;
  readonly record: LibreviewRecord;
}

/** The entries of one file. */
const readLibreview = async function* (
  { file, table, reading, repeated, intervals }: LibreviewSurvey,
  options: ReadOptions,
  clock: ZoneClock,
  notes: NotesInProgress
): AsyncGenerator<ReadonlyArray<Entry>> {
  const numbers = new NumberedRecords<Placed>(repeated);
  const times = new PlausibleTimes(options.now);
  const rejected = (fault: RowFault, row: number): Entry =>
    rowProblem({
      outcome: "rejected",
      code: fault.code,
      message: fault.message,
      file: file.name,
      row,
      ...(fault.column === undefined ? {} : { column: fault.column })
    });

  const entryOf = (numbered: Numbered<Placed>): Entry => {
    const { item, record } = numbered.record;
    const { row, wall } = item;
    if ("copy" in numbered) {
      const message = "The same record stands in another row of this file.";
      return rowProblem({ outcome: "skipped", code: "repeated-row", message, file: file.name, row });
    }
    // A sensor has readings in both of the hours that clocks showed twice: no answer can be true for all of them.
    const isOneOfMany = record.kind === "historic" || record.kind === "scan";
    const instant = isOneOfMany ? clock.possibleInstants(wall) : clock.instantOf(wall);
    if (typeof instant !== "number") return rejected(unclearTimeFault(instant, column, isOneOfMany), row);
    if (!times.accepts(instant, row)) return rejected(futureFault(column), row);
    const { occurrence } = numbered;
    const sampleInterval = intervals.get(deviceIdOf(item));
    const datum = libreviewDatum(record, {
      place: item,
      times: clock.members(wall, instant),
      occurrence,
      sampleInterval
    });
    return rowDatum(datum, file.name, row);
  };

  for await (const page of libreviewRows(table, reading)) {
    const entries: Array<Entry> = [];
    for (const item of page) {
      if ("fault" in item) entries.push(rejected(item.fault, item.row));
      if (!("records" in item)) continue;
      for (const fault of item.faults) entries.push(rejected(fault, item.row));
      for (const what of item.notMapped) notes.skip(what);
      for (const record of item.records) {
        const next = numbers.add({
          key: libreviewKey(item, record),
          content: contentOf(record),
          amount: amountOf(record),
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

/** Reads exports of LibreView, file by file: records that two of them share have the same origin id. */
export const openLibreview: OpenFiles = async (files, options, notes) => {
  const clock = await ZoneClock.open(options);
  const surveys: Array<LibreviewSurvey> = [];
  for (const file of files) surveys.push(await surveyLibreview(file, options, notes));
  const examples = surveys.flatMap(({ example }) => example ?? []);
  const zone = clock === undefined && examples.length > 0 ? [timezoneNeed(examples)] : [];
  return {
    needs: [...zone, ...surveys.flatMap(({ needs }) => needs)],
    async *read() {
      if (!clock) return;
      for (const survey of surveys) yield* readLibreview(survey, options, clock, notes);
    }
  };
};
