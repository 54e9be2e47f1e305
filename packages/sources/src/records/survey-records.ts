import { RepeatedKeys } from "../identity/repeated-keys.ts";
import type { DateOrder, Need, NeedExample } from "../need.ts";
import type { NotesInProgress } from "../notes.ts";
import type { ReadOptions } from "../read-options.ts";
import { DateOrderEvidence } from "../time/date-order.ts";
import { GlucoseUnitsCheck } from "../values/glucose-units.ts";
import type { GlucoseUnits } from "../values/glucose.ts";
import { SampleSpacing } from "../values/sample-spacing.ts";
import { ClampedReadings } from "./clamped-readings.ts";
import type { DatumMembers, RecordFile, RecordFiles, RecordItem, RecordReading, RowPlace } from "./device-record.ts";
import { recordContent, recordKey } from "./record-key.ts";

/** What a first pass over the files found. */
export interface RecordSurvey {
  /** How the rows of each file are to be read. */
  readonly readings: ReadonlyArray<RecordReading>;
  readonly repeated: RepeatedKeys;
  readonly needs: ReadonlyArray<Need>;
  readonly examples: ReadonlyArray<NeedExample>;
  /** By device, how far apart its readings are: in milliseconds. */
  readonly intervals: ReadonlyMap<string, number | undefined>;
  readonly clamped: ReadonlyMap<string, ClampedReadings>;
}

/** A reading of a sensor as its datum has it. */
export const readingOf = ({ type, value, units }: DatumMembers) =>
  type === "cbg" && typeof value === "number" ? { value, units } : undefined;

/** A file writes its dates in one way: where so many begin with the year, all do. */
const enoughDates = 1000;

/** The order of the dates in a file, where its first dates do not tell it. */
const orderOf = async <Held>(
  { file, items }: RecordFile<Held>,
  column: string,
  options: ReadOptions
): Promise<{ readonly order: DateOrder; readonly because?: string; readonly need?: Need }> => {
  const evidence = new DateOrderEvidence(file.name);
  let isOpen = false;
  let clear = 0;
  for await (const page of items({ order: undefined, units: undefined })) {
    if (!isOpen && clear > enoughDates) break;
    for (const item of page) {
      if ("record" in item || "basal" in item || "held" in item) clear++;
      if (!("openDate" in item)) continue;
      isOpen = true;
      const { openDate, row, text, series } = item;
      evidence.add(openDate, { file: file.name, row, column, text }, series);
    }
  }
  if (!isOpen) return { order: "ymd" };
  const decision = evidence.decide(options.dateOrder, "mdy");
  return "order" in decision ? decision : { order: "dmy", need: decision.need };
};

/** What the records of all files say about themselves. */
class Survey {
  readonly repeated = new RepeatedKeys();
  readonly spacings = new Map<string, SampleSpacing>();
  readonly clamped = new Map<string, ClampedReadings>();
  readonly examples: Array<NeedExample> = [];
  private readonly column: string;
  private readonly clampedAt: RecordFiles["clampedAt"];
  private readonly notes: NotesInProgress;
  private checks = { "mg/dL": new GlucoseUnitsCheck(), "mmol/L": new GlucoseUnitsCheck() };
  private hasExample = false;

  constructor({ timeColumn, clampedAt }: Pick<RecordFiles, "timeColumn" | "clampedAt">, notes: NotesInProgress) {
    this.column = timeColumn;
    this.clampedAt = clampedAt;
    this.notes = notes;
  }

  beginFile(): void {
    this.checks = { "mg/dL": new GlucoseUnitsCheck(), "mmol/L": new GlucoseUnitsCheck() };
    this.hasExample = false;
  }

  /** What is put together from rows of all files is no file of its own. */
  beginAssembled(): void {
    this.hasExample = this.examples.length > 0;
  }

  doubts(file: string): ReadonlyArray<Need> {
    return (["mg/dL", "mmol/L"] as const).flatMap((units) => this.checks[units].need(units, file) ?? []);
  }

  /** A row with a time: for the question in which zone that was. */
  example({ file, row }: RowPlace, text: string | undefined): void {
    if (this.hasExample) return;
    this.hasExample = true;
    this.examples.push({ file, row, column: this.column, ...(text === undefined ? {} : { text }) });
  }

  add(item: RecordItem<unknown>): void {
    if ("doubtful" in item && item.doubtful) {
      this.checks[item.doubtful.units].add(item.doubtful.value, { file: item.file, row: item.row });
    }
    const record = "record" in item ? item.record : "basal" in item ? item.basal : undefined;
    if (!record) return;
    this.example(item, "timeText" in item ? item.timeText : undefined);
    const { deviceId, model, members, wall } = record;
    this.notes.addDevice({ id: deviceId, ...(model === undefined ? {} : { model }) });
    this.repeated.add(recordKey(record), recordContent(record));
    const { type, value, units } = members;
    if ((type === "cbg" || type === "smbg") && typeof value === "number" && !members["annotations"]) {
      this.checks[units as GlucoseUnits].add(value, { file: item.file, row: item.row });
    }
    const reading = readingOf(members);
    if (!reading) return;
    const spacing = this.spacings.get(deviceId) ?? new SampleSpacing();
    this.spacings.set(deviceId, spacing);
    spacing.add(wall);
    if (this.clampedAt) {
      const clamped = this.clamped.get(deviceId) ?? new ClampedReadings(this.clampedAt);
      this.clamped.set(deviceId, clamped);
      clamped.add(reading);
    }
  }
}

/** Looks at all rows of all files: the order of dates, units, devices, and which records occur twice. */
export const surveyRecords = async <Held>(
  records: RecordFiles<Held>,
  options: ReadOptions,
  notes: NotesInProgress
): Promise<RecordSurvey> => {
  const { files, timeColumn, assemble } = records;
  const survey = new Survey(records, notes);
  const needs: Array<Need> = [];
  const readings: Array<RecordReading> = [];
  const held: Array<RowPlace & { readonly held: Held }> = [];
  for (const recordFile of files) {
    const { name } = recordFile.file;
    const { order, because, need } = await orderOf(recordFile, timeColumn, options);
    if (need) needs.push(need);
    if (because !== undefined) {
      notes.assume("date-order", `The dates of ${name} are read in the order ${order}: ${because}.`);
    }
    survey.beginFile();
    for await (const page of recordFile.items({ order, units: undefined })) {
      for (const item of page) {
        if ("held" in item) held.push(item);
        survey.add(item);
      }
    }
    const doubts = survey.doubts(name);
    if (options.units === undefined) needs.push(...doubts);
    readings.push({ order, units: doubts.length > 0 ? options.units : undefined });
  }
  if (assemble) {
    survey.beginAssembled();
    for (const item of assemble(held)) survey.add(item);
  }
  survey.repeated.finish();
  const intervals = new Map([...survey.spacings].map(([id, spacing]) => [id, spacing.interval()]));
  const { repeated, examples, clamped } = survey;
  return { readings, repeated, needs, examples, intervals, clamped };
};
