import type { Entry } from "../entry.ts";
import type { FormatReading } from "../format.ts";
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
import { BasalTimelines } from "./basal-timelines.ts";
import type { BasalRecord, DeviceRecord, RecordFiles, RecordItem, RowPlace } from "./device-record.ts";
import { recordAmount, recordContent, recordKey, recordOrigin } from "./record-key.ts";
import { readingOf, type RecordSurvey, surveyRecords } from "./survey-records.ts";

type Placed = RowPlace & ({ readonly record: DeviceRecord } | { readonly basal: BasalRecord });

const repeatedRow: RowFault = { code: "repeated-row", message: "The same record stands in another row." };

/** The second pass: gives records their moments and ids. */
class RecordReader {
  private readonly records: Omit<RecordFiles<unknown>, "files" | "assemble">;
  private readonly survey: RecordSurvey;
  private readonly clock: ZoneClock;
  private readonly notes: NotesInProgress;
  private readonly times: PlausibleTimes;
  private readonly numbers: NumberedRecords<Placed>;
  private readonly timelines = new BasalTimelines();

  constructor(
    records: RecordReader["records"],
    survey: RecordSurvey,
    { clock, notes, now }: { readonly clock: ZoneClock; readonly notes: NotesInProgress; readonly now: number }
  ) {
    this.records = records;
    this.survey = survey;
    this.clock = clock;
    this.notes = notes;
    this.times = new PlausibleTimes(now);
    this.numbers = new NumberedRecords(survey.repeated);
  }

  /** What an item gives at once. */
  take(item: RecordItem<unknown>): Entry | undefined {
    if ("fault" in item) return this.problem(item, "rejected", item.fault);
    if ("copy" in item) return this.problem(item, "skipped", repeatedRow);
    if ("notMapped" in item) this.notes.skip(item.notMapped, item.count);
    if ("warning" in item) this.notes.warn(item.warning.code, item.warning.message);
    if (!("record" in item) && !("basal" in item)) return undefined;
    const record = "record" in item ? item.record : item.basal;
    const numbered = this.numbers.add({
      key: recordKey(record),
      content: recordContent(record),
      amount: recordAmount(record),
      record: item
    });
    return numbered && this.entryOf(numbered);
  }

  /** What had to wait for the last row. */
  *end(files: ReadonlyArray<string>): Generator<Entry> {
    for (const numbered of this.numbers.end()) {
      const entry = this.entryOf(numbered);
      if (entry) yield entry;
    }
    yield* this.timelines.entries(this.notes);
    this.times.tell(this.notes, files.join(", "));
  }

  private problem({ file, row }: RowPlace, outcome: "rejected" | "skipped", fault: RowFault): Entry {
    const { code, message, column } = fault;
    return rowProblem({ outcome, code, message, file, row, ...(column === undefined ? {} : { column }) });
  }

  private entryOf(numbered: Numbered<Placed>): Entry | undefined {
    const placed = numbered.record;
    if ("copy" in numbered) return this.problem(placed, "skipped", repeatedRow);
    const record = "record" in placed ? placed.record : placed.basal;
    const moment = this.momentOf(record.wall, "record" in placed && placed.record.isReading === true, placed);
    if (typeof moment !== "number") return moment;
    const { occurrence } = numbered;
    const { deviceId, wall, members } = record;
    this.timelines.saw(deviceId, moment);
    const times = this.clock.members(wall, moment);
    const origin = recordOrigin(this.records.source, record, { type: members.type, occurrence });
    if ("basal" in placed) {
      this.timelines.add(placed, times, origin);
      return undefined;
    }
    const { bolus } = placed.record;
    let inside: Readonly<Record<string, unknown>> = {};
    if (bolus) {
      const start = this.momentOf(bolus.wall, false, placed);
      if (typeof start !== "number") return start;
      const bolusOrigin = recordOrigin(this.records.source, record, { type: "bolus", occurrence });
      inside = {
        bolus: { ...bolus.members, ...this.clock.members(bolus.wall, start), deviceId, origin: bolusOrigin }
      };
    }
    const datum = { ...members, ...inside, ...this.ofReading(record), ...times, deviceId, origin };
    return rowDatum(datum, placed.file, placed.row);
  }

  /** What is known about a sensor's reading by all the others. */
  private ofReading({ deviceId, members }: DeviceRecord | BasalRecord): Readonly<Record<string, unknown>> {
    const reading = readingOf(members);
    if (!reading) return {};
    const sampleInterval = this.survey.intervals.get(deviceId);
    const annotations = members["annotations"] ?? this.survey.clamped.get(deviceId)?.annotationOf(reading);
    return {
      ...(sampleInterval === undefined ? {} : { sampleInterval }),
      ...(annotations === undefined ? {} : { annotations })
    };
  }

  private momentOf(wall: number, isReading: boolean, place: RowPlace): number | Entry {
    const { timeColumn } = this.records;
    // A sensor has readings in both of the hours that clocks showed twice: no answer can be true for all of them.
    const instant = isReading ? this.clock.possibleInstants(wall) : this.clock.instantOf(wall);
    if (typeof instant !== "number") {
      return this.problem(place, "rejected", unclearTimeFault(instant, timeColumn, isReading));
    }
    return this.times.accepts(instant, place.row) ? instant : this.problem(place, "rejected", futureFault(timeColumn));
  }
}

/** Opens files whose rows are records of devices: everything that does not depend on the format. */
export const openRecords = async <Held>(
  records: RecordFiles<Held>,
  options: ReadOptions,
  notes: NotesInProgress
): Promise<FormatReading> => {
  const clock = await ZoneClock.open(options);
  const survey = await surveyRecords(records, options, notes);
  const { needs, examples, readings } = survey;
  const zone = clock === undefined && examples.length > 0 ? [timezoneNeed(examples)] : [];

  const read = async function* (): AsyncGenerator<ReadonlyArray<Entry>> {
    if (!clock) return;
    const reader = new RecordReader(records, survey, { clock, notes, now: options.now });
    const held: Array<RowPlace & { readonly held: Held }> = [];
    for (const [index, file] of records.files.entries()) {
      for await (const page of file.items(readings[index]!)) {
        const entries: Array<Entry> = [];
        for (const item of page) {
          if ("held" in item) held.push(item);
          else entries.push(...[reader.take(item)].filter((entry) => entry !== undefined));
        }
        if (entries.length > 0) yield entries;
      }
    }
    const assembled = [...(records.assemble?.(held) ?? [])].map((item) => reader.take(item));
    const last = [...assembled, ...reader.end(records.files.map(({ file }) => file.name))];
    const entries = last.filter((entry) => entry !== undefined);
    if (entries.length > 0) yield entries;
  };
  return { needs: [...zone, ...needs], read };
};
