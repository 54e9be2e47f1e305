import type { Table } from "../../csv/open-table.ts";
import type { DateOrder } from "../../need.ts";
import { type DateOrderDecision, DateOrderEvidence } from "../../time/date-order.ts";
import { dateParts } from "../../time/read-moment.ts";
import { libreviewColumns, libreviewHeadings } from "./libreview-columns.ts";
import { isPreamble } from "./libreview-rows.ts";

/** The order of the dates in a file, by all of them: the account's setting decides it, and nothing in the file names it. */
export const libreviewDateOrder = async (
  table: Table,
  file: string,
  given: DateOrder | undefined
): Promise<DateOrderDecision> => {
  const { device, serial, timestamp, type } = libreviewColumns;
  const evidence = new DateOrderEvidence(file);
  for await (const page of table.rows()) {
    for (const item of page) {
      if ("fault" in item || libreviewHeadings(item.cells)) continue;
      const { cells, row } = item;
      const text = (cells[timestamp] ?? "").trim();
      // The moment at which the file was made is written in the same way.
      const parts = dateParts(isPreamble(cells) ? text.replace(/\s*UTC$/u, "") : text);
      // Rows of one kind of one device follow each other in time.
      if (parts)
        evidence.add(
          parts,
          { file, row, column: "Device Timestamp", text },
          `${cells[device]}\n${cells[serial]}\n${cells[type]}`
        );
    }
  }
  // The one layout of LibreView with AM and PM is the American one.
  return evidence.decide(given, "mdy");
};
