import { openTable, type Table } from "../../csv/open-table.ts";
import type { InputFile } from "../../input-file.ts";
import type { ReadOptions } from "../../read-options.ts";
import type { RecordFile, RecordItem, RecordReading } from "../../records/device-record.ts";
import { filledWidth, soundRows } from "../../records/sound-rows.ts";
import { shapeFaults } from "../../row-fault.ts";
import { dateParts, wallTime } from "../../time/read-moment.ts";
import { UnreadableInput } from "../../unreadable-input.ts";
import type { DecimalMark } from "../../values/read-number.ts";
import { type CarelinkColumns, carelinkColumns } from "./carelink-columns.ts";
import { carelinkItems } from "./carelink-row.ts";
import type { PumpEvent } from "./pump-event.ts";

type Item = RecordItem<PumpEvent>;

interface Section {
  readonly serial: string;
  readonly model: string | undefined;
  readonly isAggregated: boolean;
}

/** `-------;MiniMed 780G;Pump;NG123;-------` begins a section. */
const sectionOf = (cells: ReadonlyArray<string>): Section | undefined => {
  if (!/^-{3,}$/u.test(cells[0] ?? "")) return undefined;
  const [, model = "", kind = "", serial = "", last = ""] = cells;
  return { serial, model: model === "" ? undefined : model, isAggregated: /aggregat|auto/iu.test(`${kind} ${last}`) };
};

/** Rows number themselves with decimals: `1,00000`. */
const decimalOf = (index: string): DecimalMark | undefined =>
  /^\d+([.,])\d+$/u.exec(index)?.[1] as DecimalMark | undefined;

const badTime = {
  code: "bad-time",
  message: "The date and time are not written in one of CareLink's ways, or do not exist.",
  column: "Date"
};

/** Goes through the sections of one file. */
class CarelinkSections {
  private readonly file: string;
  private readonly reading: RecordReading;
  private decimal: DecimalMark | undefined;
  private section: Section = { serial: "", model: undefined, isAggregated: false };
  private columns: CarelinkColumns | undefined;
  private changes = 0;
  private firstChange = { row: 0, minutes: 0 };

  constructor(file: string, delimiter: string, reading: RecordReading) {
    this.file = file;
    this.reading = reading;
    this.decimal = delimiter === ";" ? "," : delimiter === "," ? "." : undefined;
  }

  items(cells: ReadonlyArray<string>, row: number): ReadonlyArray<Item> {
    const place = { file: this.file, row };
    const section = sectionOf(cells);
    const columns = section ? undefined : carelinkColumns(cells);
    if (section) {
      this.section = section;
      this.columns = undefined;
    }
    if (columns) this.columns = columns;
    // What stands before the headings is about the person.
    if (section || columns || !this.columns) return [];
    const { at, names, units } = this.columns;
    const width = filledWidth(cells);
    if (width === 0) return [];
    const timeText = `${cells[at.date!] ?? ""} ${cells[at.time!] ?? ""}`.trim();
    const parts = dateParts(timeText);
    // The first lines of a file that was put behind this one, or its note about the dates.
    if (!parts && (width < 4 || !/^\d/u.test(cells[at.index ?? 0] ?? ""))) return [];
    if (cells.length < names.length) return [{ ...place, fault: shapeFaults["too-short"] }];
    if (width > names.length) return [{ ...place, fault: shapeFaults["too-wide"] }];
    if (!parts) return [{ ...place, fault: badTime }];
    const { order, units: told } = this.reading;
    const { serial } = this.section;
    if (!parts.yearFirst && order === undefined) return [{ ...place, openDate: parts, text: timeText, series: serial }];
    const wall = wallTime(parts, order ?? "ymd");
    if (wall === undefined) return [{ ...place, fault: badTime }];
    const rawId = at.rawId === undefined ? undefined : cells[at.rawId];
    const items = carelinkItems({
      ...place,
      ...this.section,
      deviceId: `Medtronic-${serial === "" ? (this.section.model ?? "CareLink") : serial}`,
      rawId: rawId === "" ? undefined : rawId,
      cells,
      columns: this.columns,
      units: told ?? units,
      decimal: decimalOf(cells[at.index ?? -1] ?? "") ?? this.decimal,
      wall,
      timeText
    });
    for (const item of items) if ("record" in item) this.watchClock(item.record.members, row);
    return items;
  }

  private watchClock({ subType, from, to }: Readonly<Record<string, unknown>>, row: number): void {
    if (subType !== "timeChange") return;
    const momentOf = (clock: unknown) => Date.parse(`${(clock as { readonly time: string }).time}Z`);
    const minutes = Math.round((momentOf(to) - momentOf(from)) / 60_000);
    if (this.changes++ === 0) this.firstChange = { row, minutes };
  }

  /** What was noticed, after the last row. */
  *end(): Generator<Item> {
    if (this.changes === 0) return;
    const { row, minutes } = this.firstChange;
    const times = this.changes === 1 ? "once" : `${this.changes} times`;
    const message = `In ${this.file}, the device's clock was changed ${times}, as in row ${row} by ${minutes} minutes. Where that was travel, say so with the option travel.`;
    yield { file: this.file, row, warning: { code: "clock-changed", message } };
  }
}

const itemsOf = async function* (
  file: string,
  table: Table,
  reading: RecordReading
): AsyncGenerator<ReadonlyArray<Item>> {
  const sections = new CarelinkSections(file, table.delimiter, reading);
  for await (const page of soundRows(table)) {
    yield page.flatMap((item) => ("fault" in item ? [{ file, ...item }] : sections.items(item.cells, item.row)));
  }
  yield [...sections.end()];
};

/**
 * Opens one export of CareLink.
 *
 * @throws {UnreadableInput} `incomplete` where no row of headings is among the first ones.
 */
export const carelinkFile = async (file: InputFile, options: ReadOptions): Promise<RecordFile<PumpEvent>> => {
  const table = await openTable(file, options);
  if (!table.start.some((cells) => carelinkColumns(cells))) {
    const message = `${file.name} has no row of headings as CareLink writes it: export it again.`;
    throw new UnreadableInput("incomplete", message);
  }
  return { file, items: (reading) => itemsOf(file.name, table, reading) };
};
