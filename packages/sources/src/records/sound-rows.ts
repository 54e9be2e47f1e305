import type { Table } from "../csv/open-table.ts";
import { type RowFault, shapeFaults } from "../row-fault.ts";
import { firstDamage } from "../text/decode-utf8.ts";

/** A row of a table, or why nothing in it can be trusted. */
export type SoundRow =
  | { readonly row: number; readonly cells: ReadonlyArray<string> }
  | { readonly row: number; readonly fault: RowFault };

const damaged: RowFault = {
  code: "undecodable",
  message:
    "It holds bytes that are no text in the encoding of the file. If all of the file is in another one, say which."
};

/** A table's rows, without surrounding space. A row with a damaged character is refused: a digit may be missing beside it. */
export const soundRows = async function* (table: Table): AsyncGenerator<ReadonlyArray<SoundRow>> {
  for await (const page of table.rows()) {
    yield page.map((item): SoundRow => {
      const { row } = item;
      if ("fault" in item) return { row, fault: shapeFaults[item.fault] };
      if (item.cells.some((cell) => firstDamage(cell) >= 0)) return { row, fault: damaged };
      return { row, cells: item.cells.map((cell) => cell.trim()) };
    });
  }
};

/** How many cells a row has, up to the last one that is not empty. */
export const filledWidth = (cells: ReadonlyArray<string>): number => {
  let width = cells.length;
  while (width > 0 && cells[width - 1] === "") width--;
  return width;
};
