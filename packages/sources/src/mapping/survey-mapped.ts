import { openTable, type Table } from "../csv/open-table.ts";
import { RepeatedKeys } from "../identity/repeated-keys.ts";
import type { InputFile } from "../input-file.ts";
import type { Need, NeedExample } from "../need.ts";
import type { NotesInProgress } from "../notes.ts";
import type { ReadOptions } from "../read-options.ts";
import { DateOrderEvidence } from "../time/date-order.ts";
import { withMonthNumber } from "../time/named-month.ts";
import { dateParts } from "../time/read-moment.ts";
import { UnreadableInput } from "../unreadable-input.ts";
import { GlucoseUnitsCheck } from "../values/glucose-units.ts";
import type { GlucoseUnits } from "../values/glucose.ts";
import { SampleSpacing } from "../values/sample-spacing.ts";
import { mappedColumns } from "./mapped-columns.ts";
import { mappedContentOf, mappedDeviceId, mappedKey } from "./mapped-datum.ts";
import { timeTextOf } from "./mapped-moment.ts";
import { unitsOf } from "./mapped-record.ts";
import { type MappedReading, type MappedRow, mappedRows } from "./mapped-rows.ts";
import type { Mapping } from "./mapping.ts";

/** What a first pass over a file found. */
export interface MappedSurvey {
  readonly file: InputFile;
  readonly table: Table;
  readonly reading: MappedReading;
  readonly repeated: RepeatedKeys;
  /** By device, how far apart its readings are: in milliseconds. */
  readonly intervals: ReadonlyMap<string, number | undefined>;
  readonly needs: ReadonlyArray<Need>;
  /** A row with a time that has no zone. */
  readonly example: NeedExample | undefined;
}

/** The order of the dates in a file, by all of them. */
const orderOf = async (mapping: Mapping, table: Table, file: string, options: ReadOptions) => {
  const evidence = new DateOrderEvidence(file);
  let columns = mapping.headings === false ? mappedColumns(mapping, []) : undefined;
  for await (const page of table.rows()) {
    for (const item of page) {
      if ("fault" in item) continue;
      columns ??= mappedColumns(mapping, item.cells);
      if (!columns) continue;
      const text = timeTextOf(item.cells, columns.time);
      const parts = dateParts(withMonthNumber(text));
      if (parts) evidence.add(parts, { file, row: item.row, text });
    }
    if (evidence.isYearFirst) break;
  }
  return evidence.decide(mapping.dateOrder ?? options.dateOrder);
};

/** What the units of a table's glucose are by what its rules, cells and headings say, and whether its values agree. */
class UnitsSurvey {
  private readonly checks = new Map<GlucoseUnits | undefined, GlucoseUnitsCheck>();

  add(row: MappedRow, file: string): void {
    for (const placed of row.columns.rules) {
      if (!["cbg", "smbg", "calibration"].includes(placed.rule.kind)) continue;
      const cell = (row.cells[placed.amounts[0]!] ?? "").trim().replace(",", ".");
      if (cell === "" || Number.isNaN(Number(cell))) continue;
      const units = unitsOf(placed, row.cells);
      const check = this.checks.get(units) ?? new GlucoseUnitsCheck();
      this.checks.set(units, check);
      check.add(Number(cell), { file, row: row.row, column: placed.heading });
    }
  }

  /** The questions, and whether one of them is about units that are stated. */
  decide(file: string): { readonly needs: ReadonlyArray<Need>; readonly areDoubtful: boolean } {
    const needs = [...this.checks].flatMap(([units, check]) => {
      const need = check.need(units, file);
      return need ? [{ need, isStated: units !== undefined }] : [];
    });
    return { needs: needs.map(({ need }) => need), areDoubtful: needs.some(({ isStated }) => isStated) };
  }
}

const incomplete = (mapping: Mapping, file: string, missing: ReadonlyArray<string>): UnreadableInput =>
  new UnreadableInput(
    "incomplete",
    missing.length === 0
      ? `${file} has no row with the headings that the mapping ${mapping.id} names for the time and for at least one amount.`
      : `${file} does not have the columns that the mapping ${mapping.id} names at ${missing.join(", ")}. A rule whose column may be missing says so with "optional": true.`
  );

const severalPeople = (file: string): UnreadableInput =>
  new UnreadableInput(
    "several-people",
    `${file} holds records of more than one person, which must not end in one account: make a file of each.`
  );

/**
 * Looks at all rows of a file: the order of its dates, its units, its devices, and which records share a key.
 *
 * @throws {UnreadableInput} `incomplete` where there is no row of headings, or a column that the mapping needs is missing; `several-people`.
 */
export const surveyMapped = async (
  mapping: Mapping,
  file: InputFile,
  options: ReadOptions,
  notes: NotesInProgress
): Promise<MappedSurvey> => {
  const table = await openTable(file, options);
  const decision = await orderOf(mapping, table, file.name, options);
  const decimal = mapping.decimal ?? (table.delimiter === ";" ? "," : undefined);
  const order = "order" in decision ? decision.order : "dmy";
  const writing = { decimal, units: options.units, unitsAreGiven: false };
  const repeated = new RepeatedKeys();
  const unitsSurvey = new UnitsSurvey();
  const spacings = new Map<string, SampleSpacing>();
  let example: NeedExample | undefined;
  let person: string | undefined;
  let hasColumns = mapping.headings === false;
  for await (const page of mappedRows(mapping, table, { ...writing, order })) {
    for (const item of page) {
      if ("columns" in item) {
        if (item.columns.missing.length > 0) throw incomplete(mapping, file.name, item.columns.missing);
        hasColumns = true;
      }
      if (!("records" in item)) continue;
      if (item.columns.person !== undefined) {
        const one = (item.cells[item.columns.person] ?? "").trim();
        if (person !== undefined && one !== person) throw severalPeople(file.name);
        person = one;
      }
      unitsSurvey.add(item, file.name);
      const { row, timeText, moment, serial } = item;
      if ("wall" in moment) example ??= { file: file.name, row, text: timeText };
      const id = mappedDeviceId(mapping, serial);
      const spacing = spacings.get(id) ?? new SampleSpacing();
      if (!spacings.has(id)) {
        spacings.set(id, spacing);
        notes.addDevice({ id, ...(mapping.device?.model === undefined ? {} : { model: mapping.device.model }) });
      }
      for (const record of item.records) {
        repeated.add(mappedKey(item, record), mappedContentOf(record));
        if (record.kind === "cbg") spacing.add("wall" in moment ? moment.wall : moment.instant);
      }
    }
  }
  repeated.finish();
  if (!hasColumns) throw incomplete(mapping, file.name, []);
  const doubts = unitsSurvey.decide(file.name);
  const needs: Array<Need> = options.units === undefined ? [...doubts.needs] : [];
  if ("need" in decision) needs.push(decision.need);
  else if (example)
    notes.assume("date-order", `The dates of ${file.name} are read in the order ${order}: ${decision.because}.`);
  const intervals = new Map([...spacings].map(([id, spacing]) => [id, spacing.interval()]));
  const reading = { ...writing, order, unitsAreGiven: doubts.areDoubtful && options.units !== undefined };
  return { file, table, reading, repeated, intervals, needs, example };
};
