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
import { clarityDatum } from "./clarity-datum.ts";
import type { ClarityEvent } from "./clarity-event.ts";
import { clarityRows } from "./clarity-rows.ts";
import { type ClaritySurvey, repeatedContent, repeatedKey, surveyClarity } from "./survey-clarity.ts";

interface Placed {
  readonly event: ClarityEvent;
  readonly row: number;
}

/** The entries of one file. */
const readClarity = async function* (
  { file, table, clocks, repeated, reading }: ClaritySurvey,
  options: ReadOptions,
  clock: ZoneClock,
  notes: NotesInProgress
): AsyncGenerator<ReadonlyArray<Entry>> {
  const records = new NumberedRecords<Placed>(repeated);
  const times = new PlausibleTimes(options.now);
  const rejected = (fault: RowFault, row: number): Entry =>
    rowProblem({ outcome: "rejected", ...fault, file: file.name, row });

  const entryOf = ({ event, row }: Placed): Entry => {
    const possible = clock.possibleInstants(event.wall);
    const told = typeof possible === "number" ? possible : clocks.resolve(event, possible);
    const instant = told ?? clock.instantOf(event.wall);
    if (typeof instant !== "number") return rejected(unclearTimeFault(instant, "Timestamp"), row);
    if (!times.accepts(instant, row)) return rejected(futureFault("Timestamp"), row);
    return rowDatum(clarityDatum(event, clock.members(event.wall, instant)), file.name, row);
  };

  // One reading of a transmitter that two devices displayed is one reading: the second is no record of its own.
  const numbered = (item: Numbered<Placed>): Entry => {
    if (!("copy" in item) && item.occurrence === 1) return entryOf(item.record);
    const message = "The same record stands in another row of this file.";
    return rowProblem({ outcome: "skipped", code: "repeated-row", message, file: file.name, row: item.record.row });
  };

  for await (const page of clarityRows(table, reading)) {
    const entries: Array<Entry> = [];
    for (const item of page) {
      const { row } = item;
      if ("fault" in item) entries.push(rejected(item.fault, row));
      else if ("notMapped" in item) notes.skip(item.notMapped);
      else if ("event" in item) {
        const { event } = item;
        const record = { event, row };
        const next = records.add({
          key: repeatedKey(event),
          content: repeatedContent(event),
          amount: event.wall,
          record
        });
        if (next) entries.push(numbered(next));
      }
    }
    if (entries.length > 0) yield entries;
  }
  const held = [...records.end()].map(numbered);
  if (held.length > 0) yield held;
  times.tell(notes, file.name);
};

/** Reads exports of Dexcom Clarity, file by file: records that two of them share have the same origin id. */
export const openClarity: OpenFiles = async (files, options, notes) => {
  const clock = await ZoneClock.open(options);
  const surveys: Array<ClaritySurvey> = [];
  for (const file of files) surveys.push(await surveyClarity(file, options, clock, notes));
  const examples = surveys.flatMap(({ example }) => example ?? []);
  const zone = clock === undefined && examples.length > 0 ? [timezoneNeed(examples)] : [];
  return {
    needs: [...zone, ...surveys.flatMap(({ needs }) => needs)],
    async *read() {
      if (!clock) return;
      for (const survey of surveys) yield* readClarity(survey, options, clock, notes);
    }
  };
};
