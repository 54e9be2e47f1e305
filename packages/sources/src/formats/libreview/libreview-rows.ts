import type { Table } from "../../csv/open-table.ts";
import type { CsvRow } from "../../csv/read-csv.ts";
import type { DateOrder } from "../../need.ts";
import { type RowFault, shapeFaults } from "../../row-fault.ts";
import { readMoment } from "../../time/read-moment.ts";
import type { GlucoseUnits } from "../../values/glucose.ts";
import { libreviewColumns, type LibreviewHeadings, libreviewHeadings } from "./libreview-columns.ts";
import { libreviewContent, type LibreviewContent } from "./libreview-record.ts";
import type { LibreviewPlace } from "./origin-id.ts";

/** A row of records, understood. */
export interface LibreviewRow extends LibreviewPlace, LibreviewContent {
  readonly row: number;
  readonly device: string;
  readonly headings: LibreviewHeadings;
  readonly timeText: string;
}

/** What was found out about a file before its rows are understood. */
export interface LibreviewReading {
  /** Where they are not those of the headings. */
  readonly units?: GlucoseUnits | undefined;
  readonly order: DateOrder;
}

/** What a row of the file is. */
export type LibreviewItem =
  | LibreviewRow
  | { readonly row: number; readonly fault: RowFault }
  | { readonly headings: LibreviewHeadings; readonly row: number };

const badTime: RowFault = {
  code: "bad-time",
  message: "The time is not written in one of LibreView's ways, or does not exist.",
  column: "Device Timestamp"
};

/** A file's rows, understood one by one. What stands before the headings is about the person, and is passed over. */
export const libreviewRows = async function* (
  table: Table,
  { units, order }: LibreviewReading
): AsyncGenerator<ReadonlyArray<LibreviewItem>> {
  let headings: LibreviewHeadings | undefined;
  const decimal = table.delimiter === ";" ? "," : undefined;
  const { timestamp, serial, device, type } = libreviewColumns;

  const understand = ({ cells, row, isDamaged }: Extract<CsvRow, { cells: unknown }>): LibreviewItem | undefined => {
    const found = libreviewHeadings(cells);
    if (found) {
      headings = found;
      return { headings, row };
    }
    if (!headings || cells.every((cell) => cell.trim() === "")) return undefined;
    const { names } = headings;
    if (isDamaged) return { row, fault: shapeFaults.damaged };
    if (cells.slice(names.length).some((cell) => cell.trim() !== "")) return { row, fault: shapeFaults["too-wide"] };
    // The preamble of a file that was put behind another one: it has neither a time nor a type.
    if (cells.length <= type)
      return cells.length === 2 || cells.length === 1 ? undefined : { row, fault: shapeFaults["too-short"] };
    const timeText = cells[timestamp]!.trim();
    const wall = readMoment(timeText, order);
    if (wall === undefined) return isPreamble(cells) ? undefined : { row, fault: badTime };
    if (cells.length < names.length - 3) return { row, fault: shapeFaults["too-short"] };
    const content = libreviewContent(cells, { names, units: units ?? headings.units, decimal });
    const name = cells[device]!.trim();
    return { row, device: name, serial: cells[serial]!.trim() || name, wall, headings, timeText, ...content };
  };

  for await (const page of table.rows()) {
    const items: Array<LibreviewItem> = [];
    for (const item of page) {
      if ("fault" in item) items.push({ row: item.row, fault: shapeFaults[item.fault] });
      else {
        const understood = understand(item);
        if (understood) items.push(understood);
      }
    }
    yield items;
  }
};

/** The line above the headings: who made the file, and when (in UTC). */
export const isPreamble = (cells: ReadonlyArray<string>): boolean =>
  cells.length >= 3 && /\d:\d\d.*\bUTC\b/u.test(cells[2]!) && cells.slice(5).every((cell) => cell.trim() === "");
