import { openTable } from "../../csv/open-table.ts";
import type { InputFile } from "../../input-file.ts";
import type { ReadOptions } from "../../read-options.ts";
import { shapeFaults } from "../../row-fault.ts";
import type { Fields } from "./document.ts";
import { instantIn } from "./moment.ts";
import type { Read } from "./read-documents.ts";

/** A row of `/api/v1/entries.csv` as the document that it was; `undefined` where it is none. */
export const entriesCsvRow = (row: ReadonlyArray<string>): Fields | undefined => {
  const [dateString = "", date = "", sgv = "", direction = "", device = ""] = row;
  if (row.length < 4 || row.length > 5) return undefined;
  const milliseconds = instantIn(date);
  if (instantIn(dateString) === undefined && milliseconds === undefined) return undefined;
  if (!/^\d*(?:[.,]\d+)?$/u.test(sgv.trim()) || /\d/u.test(direction)) return undefined;
  // Blank is unknown: the site writes a true 0 as blank, too.
  const members = { dateString, ...(milliseconds === undefined ? {} : { date: milliseconds }) };
  return { type: "sgv", ...members, ...(sgv.trim() === "" ? {} : { sgv }), direction, device };
};

const fault = {
  code: "unreadable-row",
  message: "The row is not time, milliseconds, glucose, direction and device: it was changed or damaged."
};

/** The documents of `/api/v1/entries.csv`, which has no headings. */
export const readEntriesCsv = async function* (
  file: InputFile,
  options: ReadOptions
): AsyncGenerator<ReadonlyArray<Read>> {
  const table = await openTable(file, options);
  for await (const page of table.rows()) {
    const read: Array<Read> = [];
    for (const item of page) {
      const at = `row ${item.row} of ${file.name}`;
      const rejected = ({ code, message }: typeof fault) =>
        read.push({ problem: { outcome: "rejected", code, message, file: file.name, row: item.row }, at });
      if ("fault" in item) rejected(shapeFaults[item.fault]);
      else if (item.isDamaged) rejected(shapeFaults.damaged);
      else if (item.cells.some((cell) => cell.trim() !== "")) {
        const fields = entriesCsvRow(item.cells);
        if (fields) read.push({ collection: "entries", fields, at });
        else rejected(fault);
      }
    }
    if (read.length > 0) yield read;
  }
};
