import type { Table } from "../../csv/open-table.ts";
import { unitsIn } from "../../values/glucose.ts";

/**
 * The FreeStyle Libre program for computers, which read the reader's memory before LibreView did, writes the same columns apart from the
 * device's: `ID`, `Time`, `Record Type`, … `User Change Insulin (units)`, `Previous Time`, `Updated Time`, parted by tabs. By
 * LibreView's order of columns: where each stands there. The layout is that of a public program which writes such files; no file of a person was at hand.
 */
const order: ReadonlyArray<number | undefined> = [
  undefined,
  undefined,
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  undefined,
  9,
  10,
  11,
  12,
  13,
  14,
  15,
  16
];

/** The cells of one of its rows in LibreView's order. */
export const inLibreviewOrder = (cells: ReadonlyArray<string>): ReadonlyArray<string> =>
  order.map((index) => (index === undefined ? "" : (cells[index] ?? "")));

/** Whether a row has its headings, in any language: by where the units stand. */
export const isReaderProgramHeadings = (cells: ReadonlyArray<string>): boolean => {
  const units = unitsIn(cells[3] ?? "");
  const hasUnits = units !== undefined && [4, 12].every((index) => unitsIn(cells[index] ?? "") === units);
  return hasUnits && cells.length <= 20 && unitsIn(cells[13] ?? "") === "mmol/L";
};

/** The table as LibreView would have written it, where it is one of that program's. */
export const withLibreviewOrder = (table: Table): Table => {
  if (!table.start.some(isReaderProgramHeadings)) return table;
  return {
    ...table,
    start: table.start.map(inLibreviewOrder),
    async *rows() {
      for await (const page of table.rows()) {
        yield page.map((item) => ("fault" in item ? item : { ...item, cells: inLibreviewOrder(item.cells) }));
      }
    }
  };
};
