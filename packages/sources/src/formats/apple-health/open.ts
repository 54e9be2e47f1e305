import type { Entry } from "../../entry.ts";
import type { OpenFiles } from "../../format.ts";
import { type Numbered, NumberedRecords } from "../../identity/numbered-records.ts";
import type { InputFile } from "../../input-file.ts";
import type { NotesInProgress } from "../../notes.ts";
import type { ReadOptions } from "../../read-options.ts";
import { rowDatum, rowProblem } from "../../row-entry.ts";
import type { RowFault } from "../../row-fault.ts";
import { futureFault } from "../../time/future-fault.ts";
import { PlausibleTimes } from "../../values/plausible-times.ts";
import { healthDatum } from "./health-datum.ts";
import { healthElements } from "./health-elements.ts";
import { healthFiles } from "./health-files.ts";
import { type HealthRecord, healthRecord } from "./health-record.ts";
import { healthAmount, healthContent, healthKey } from "./origin-id.ts";
import { type HealthSurvey, surveyAppleHealth } from "./survey-apple-health.ts";

interface Placed {
  readonly record: HealthRecord;
  readonly file: string;
}

const copied =
  "The same record stands elsewhere: correlations repeat their records, and so do two exports of one phone.";

/** The entries of all files, in one go: what two of them share is one record. */
const readAppleHealth = async function* (
  files: ReadonlyArray<InputFile>,
  { repeated, readings, duplicates, basals }: HealthSurvey,
  options: ReadOptions,
  notes: NotesInProgress
): AsyncGenerator<ReadonlyArray<Entry>> {
  const numbers = new NumberedRecords<Placed>(repeated);
  const rejected = (fault: RowFault, file: string, row: number): Entry =>
    rowProblem({ outcome: "rejected", ...fault, file, row });
  const skipped = (code: string, message: string, file: string, row: number): Entry =>
    rowProblem({ outcome: "skipped", code, message, file, row });
  let times = new PlausibleTimes(options.now);

  const entryOf = (numbered: Numbered<Placed>): Entry => {
    const { record, file } = numbered.record;
    const { row, source, start, end, content } = record;
    if ("copy" in numbered) return skipped("repeated-record", copied, file, row);
    if (!times.accepts(start, row)) return rejected(futureFault("startDate"), file, row);
    const { occurrence } = numbered;
    if (content.kind === "glucose" && !content.isEntered) {
      const pair = duplicates.of(source, start);
      if (pair) {
        const [kept, leftOut] = [pair.kept.source.label, pair.leftOut.source.label];
        const message = `${leftOut} and ${kept} wrote down the same sensor: the readings of ${kept} are kept.`;
        notes.assume("one-sensor", message);
        return skipped("same-sensor", message, file, row);
      }
    }
    const place = content.kind === "basal" ? basals.placeOf(source, start, end) : undefined;
    if (content.kind === "basal" && (!place || occurrence > 1)) {
      const message = "Other basal insulin is there for the same time: a pump delivers one rate at a time.";
      return skipped("overlapping-basal", message, file, row);
    }
    return rowDatum(healthDatum(record, { occurrence, readings: readings.get(source), place }), file, row);
  };

  for (const file of files) {
    times = new PlausibleTimes(options.now);
    for await (const page of healthElements(file, options)) {
      const entries: Array<Entry> = [];
      for (const item of page) {
        const record = "fault" in item ? item : healthRecord(item);
        if ("fault" in record) {
          entries.push(rejected(record.fault, file.name, record.row));
          continue;
        }
        const next = numbers.add({
          key: healthKey(record),
          content: healthContent(record),
          amount: healthAmount(record),
          record: { record, file: file.name }
        });
        if (next) entries.push(entryOf(next));
      }
      if (entries.length > 0) yield entries;
    }
    times.tell(notes, file.name);
  }
  const held = [...numbers.end()].map(entryOf);
  if (held.length > 0) yield held;
};

/** Reads exports of Apple Health, all of them together: the halves of one, or an old and a new one. */
export const openAppleHealth: OpenFiles = async (given, options, notes) => {
  const files = await healthFiles(given, options);
  const survey = await surveyAppleHealth(files, options, notes);
  return { needs: [], read: () => readAppleHealth(files, survey, options, notes) };
};
