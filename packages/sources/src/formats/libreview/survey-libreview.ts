import { openTable, type Table } from "../../csv/open-table.ts";
import { RepeatedKeys } from "../../identity/repeated-keys.ts";
import type { InputFile } from "../../input-file.ts";
import type { Need, NeedExample } from "../../need.ts";
import type { NotesInProgress } from "../../notes.ts";
import type { ReadOptions } from "../../read-options.ts";
import { UnreadableInput } from "../../unreadable-input.ts";
import { GlucoseUnitsCheck } from "../../values/glucose-units.ts";
import { SampleSpacing } from "../../values/sample-spacing.ts";
import { libreviewDateOrder } from "./libreview-date-order.ts";
import { deviceIdOf } from "./libreview-datum.ts";
import type { LibreviewRecord } from "./libreview-record.ts";
import { type LibreviewReading, libreviewRows } from "./libreview-rows.ts";
import { libreviewKey } from "./origin-id.ts";
import { withLibreviewOrder } from "./reader-program.ts";

/** What a first pass over a file found. */
export interface LibreviewSurvey {
  readonly file: InputFile;
  readonly table: Table;
  /** How its rows are to be read. */
  readonly reading: LibreviewReading;
  readonly repeated: RepeatedKeys;
  /** By device, how far apart its readings are: in milliseconds. */
  readonly intervals: ReadonlyMap<string, number | undefined>;
  readonly needs: ReadonlyArray<Need>;
  readonly example: NeedExample | undefined;
}

/** What of a record counts: the same in a file that was saved again. */
export const contentOf = (record: LibreviewRecord): string =>
  "glucose" in record && record.glucose.annotations === undefined
    ? `${record.kind} ${record.glucose.value} ${record.glucose.units}`
    : JSON.stringify(record);

/** The number that records of one key are put in order by. */
export const amountOf = (record: LibreviewRecord): number => {
  if ("glucose" in record) return record.glucose.value;
  if ("grams" in record) return record.grams;
  return "value" in record ? record.value : record.total;
};

/**
 * Looks at all rows of a file: the order of its dates, its units, its devices, and which records share a minute.
 *
 * @throws {UnreadableInput} `incomplete` where there is no row of headings.
 */
export const surveyLibreview = async (
  file: InputFile,
  options: ReadOptions,
  notes: NotesInProgress
): Promise<LibreviewSurvey> => {
  const table = withLibreviewOrder(await openTable(file, options));
  const decision = await libreviewDateOrder(table, file.name, options.dateOrder);
  const order = "order" in decision ? decision.order : "dmy";
  const repeated = new RepeatedKeys();
  const checks = { "mg/dL": new GlucoseUnitsCheck(), "mmol/L": new GlucoseUnitsCheck() };
  const spacings = new Map<string, SampleSpacing>();
  let example: NeedExample | undefined;
  let hasHeadings = false;
  for await (const page of libreviewRows(table, { order })) {
    for (const item of page) {
      if ("headings" in item) hasHeadings = true;
      if (!("records" in item)) continue;
      const { row, headings, timeText, records, faults, device } = item;
      example ??= { file: file.name, row, column: "Device Timestamp", text: timeText };
      const id = deviceIdOf(item);
      const spacing = spacings.get(id) ?? new SampleSpacing();
      if (!spacings.has(id)) {
        spacings.set(id, spacing);
        notes.addDevice({ id, ...(device === "" ? {} : { model: device }) });
      }
      const place = { file: file.name, row };
      for (const { implausible, column } of faults) {
        if (implausible !== undefined)
          checks[headings.units].add(implausible, { ...place, ...(column === undefined ? {} : { column }) });
      }
      for (const record of records) {
        repeated.add(libreviewKey(item, record), contentOf(record));
        if (record.kind === "historic") spacing.add(item.wall);
        if ("glucose" in record) checks[headings.units].add(record.glucose.value, place);
      }
    }
  }
  repeated.finish();
  if (!hasHeadings) {
    throw new UnreadableInput(
      "incomplete",
      `${file.name} has no row of headings as LibreView writes it: download it again.`
    );
  }
  const doubts = (["mg/dL", "mmol/L"] as const).flatMap((units) => checks[units].need(units, file.name) ?? []);
  const needs: Array<Need> = options.units === undefined ? [...doubts] : [];
  if ("need" in decision) needs.push(decision.need);
  else notes.assume("date-order", `The dates of ${file.name} are read in the order ${order}: ${decision.because}.`);
  const intervals = new Map([...spacings].map(([id, spacing]) => [id, spacing.interval()]));
  const reading = { order, ...(doubts.length > 0 ? { units: options.units } : {}) };
  return { file, table, reading, repeated, intervals, needs, example };
};
