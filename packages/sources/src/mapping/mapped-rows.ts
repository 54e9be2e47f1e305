import type { Table } from "../csv/open-table.ts";
import type { DateOrder } from "../need.ts";
import { shapeFaults } from "../row-fault.ts";
import { firstDamage } from "../text/decode-utf8.ts";
import { type MappedColumns, mappedColumns } from "./mapped-columns.ts";
import { type MappedMoment, mappedMoment, timeTextOf } from "./mapped-moment.ts";
import { mappedContent, type MappedFault, type MappedRecord, type MappedWriting } from "./mapped-record.ts";
import type { Mapping } from "./mapping.ts";

/** A row of records, understood. */
export interface MappedRow {
  readonly row: number;
  readonly columns: MappedColumns;
  readonly cells: ReadonlyArray<string>;
  readonly timeText: string;
  readonly moment: MappedMoment;
  /** The serial number of the device; empty where the table has none. */
  readonly serial: string;
  readonly records: ReadonlyArray<MappedRecord>;
  readonly faults: ReadonlyArray<MappedFault>;
  readonly notMapped: ReadonlyArray<string>;
}

/** What a row of the table is. */
export type MappedItem =
  | MappedRow
  | { readonly row: number; readonly fault: MappedFault }
  | { readonly row: number; readonly columns: MappedColumns };

/** How a table is read. */
export interface MappedReading extends MappedWriting {
  readonly order: DateOrder;
}

/** The serial number that stands above the headings, below its own heading. */
class Above {
  private readonly heading: string | undefined;
  private place: number | undefined;
  serial = "";

  constructor(mapping: Mapping) {
    this.heading = mapping.device?.above?.toLowerCase();
  }

  look(cells: ReadonlyArray<string>): void {
    if (this.heading === undefined) return;
    if (this.place !== undefined) this.serial = (cells[this.place] ?? "").trim();
    const place = cells.findIndex((cell) => cell.trim().toLowerCase() === this.heading);
    this.place = place < 0 ? undefined : place;
  }
}

const undecodable: MappedFault = {
  code: "undecodable",
  message: "The row has bytes that are no text in the encoding of the file."
};

/** Spreadsheets leave out empty cells at the end of a row; one that ends in the middle of what counts was cut. */
const isCutShort = (cells: ReadonlyArray<string>, { width, rules, time }: MappedColumns): boolean => {
  const last = cells.length - 1;
  if (cells.length >= width) return false;
  const counts = rules.flatMap(({ amounts, extended, minutes }) => [...amounts, extended, minutes]);
  return time.some((place) => place >= last) || counts.includes(last);
};

/** A table's rows, understood one by one. Rows before the headings are passed over. */
export const mappedRows = async function* (
  mapping: Mapping,
  table: Table,
  reading: MappedReading
): AsyncGenerator<ReadonlyArray<MappedItem>> {
  const above = new Above(mapping);
  const withoutHeadings = mapping.headings === false;
  let columns = withoutHeadings ? mappedColumns(mapping, []) : undefined;

  /** A second row of headings, as in files that were put together, has no figures where the times are. */
  const mayBeHeadings = (cells: ReadonlyArray<string>): boolean =>
    !withoutHeadings && (!columns || !/\d/u.test(timeTextOf(cells, columns.time)));

  const understand = (cells: ReadonlyArray<string>, row: number): MappedItem | undefined => {
    const headings = mayBeHeadings(cells) ? mappedColumns(mapping, cells) : undefined;
    if (headings) {
      columns = headings;
      return { row, columns };
    }
    above.look(cells);
    if (!columns || cells.every((cell) => cell.trim() === "")) return undefined;
    if (columns.width > 0 && cells.slice(columns.width).some((cell) => cell.trim() !== ""))
      return { row, fault: shapeFaults["too-wide"] };
    if (isCutShort(cells, columns)) return { row, fault: shapeFaults["too-short"] };
    const texts = [columns.device, columns.notes, ...columns.key].map((place) => cells[place ?? -1] ?? "");
    if (texts.some((text) => firstDamage(text) >= 0)) return { row, fault: undecodable };
    const timeText = timeTextOf(cells, columns.time);
    const contents = columns.rules.map((placed) => mappedContent(placed, cells, reading));
    if (timeText === "" && contents.every((content) => content === undefined)) return undefined;
    const moment = mappedMoment(timeText, mapping.clock, reading.order);
    if (!moment) {
      const message = "The time is not written in a known way, or does not exist.";
      return { row, fault: { code: "bad-time", message, column: columns.names[columns.time[0]!] ?? "time" } };
    }
    const records: Array<MappedRecord> = [];
    const faults: Array<MappedFault> = [];
    const notMapped: Array<string> = [];
    for (const content of contents) {
      if (!content) continue;
      if ("record" in content) records.push(content.record);
      else if ("fault" in content) faults.push(content.fault);
      else notMapped.push(content.notMapped);
    }
    if (contents.every((content) => content === undefined)) notMapped.push("row that no rule makes a record of");
    const serial = columns.device === undefined ? above.serial : (cells[columns.device] ?? "").trim();
    return { row, columns, cells, timeText, moment, serial, records, faults, notMapped };
  };

  for await (const page of table.rows()) {
    const items: Array<MappedItem> = [];
    for (const item of page) {
      if ("fault" in item) items.push({ row: item.row, fault: shapeFaults[item.fault] });
      else {
        const understood = understand(item.cells, item.row);
        if (understood) items.push(understood);
      }
    }
    yield items;
  }
};
