import type { Table } from "../../csv/open-table.ts";
import type { DateOrder } from "../../need.ts";
import { DateOrderEvidence, type DateOrderDecision } from "../../time/date-order.ts";
import { dateParts } from "../../time/read-moment.ts";
import { type ClarityColumns, clarityColumns } from "./clarity-columns.ts";

/** Every date of Clarity's own has this mark there. */
const isClaritys = (text: string): boolean => text[4] === "-";

const hasOtherDates = ({ start }: Table): boolean => {
  let columns: ClarityColumns | undefined;
  for (const cells of start) {
    const headings = clarityColumns(cells);
    columns = headings ?? columns;
    const text = columns && !headings ? (cells[columns.timestamp] ?? "").trim() : "";
    if (text !== "" && !isClaritys(text)) return true;
  }
  return false;
};

/**
 * The order of the dates in a file. Clarity writes the year first; a spreadsheet that saved the file again may have written
 * its own dates, in the order of its own country.
 */
export const clarityDateOrder = async (
  table: Table,
  file: string,
  given: DateOrder | undefined
): Promise<DateOrderDecision> => {
  if (!hasOtherDates(table)) return { order: "ymd", because: "its first dates have the year first" };
  const evidence = new DateOrderEvidence(file);
  let columns: ClarityColumns | undefined;
  for await (const page of table.rows()) {
    for (const item of page) {
      if ("fault" in item) continue;
      const { cells, row } = item;
      const headings = clarityColumns(cells);
      columns = headings ?? columns;
      const text = columns && !headings ? (cells[columns.timestamp] ?? "").trim() : "";
      if (!columns || text === "" || isClaritys(text)) continue;
      const parts = dateParts(text);
      if (parts) evidence.add(parts, { file, row, column: "Timestamp", text }, (cells[columns.type] ?? "").trim());
    }
  }
  return evidence.decide(given);
};
