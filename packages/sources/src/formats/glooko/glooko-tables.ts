import { openTable, type Table } from "../../csv/open-table.ts";
import type { InputFile } from "../../input-file.ts";
import type { ReadOptions } from "../../read-options.ts";
import type { DecimalMark } from "../../values/read-number.ts";
import { filesInside } from "../../zip/files-inside.ts";
import { glookoFileHeadings } from "./glooko-kinds.ts";

/** One of the files of an export. */
export interface GlookoTable {
  readonly file: InputFile;
  readonly table: Table;
}

/** The tables of an export, those of its files that are none of them left out. */
export const glookoTables = async (
  file: InputFile,
  options: ReadOptions
): Promise<{ readonly tables: ReadonlyArray<GlookoTable>; readonly others: ReadonlyArray<string> }> => {
  const tables: Array<GlookoTable> = [];
  const others: Array<string> = [];
  for (const inside of await filesInside(file)) {
    const table = await openTable(inside, options);
    if (glookoFileHeadings(table.start)) tables.push({ file: inside, table });
    else others.push(inside.name);
  }
  return { tables, others };
};

/** The decimal mark of an export: all of its files have the same. `undefined` where none shows it. */
export const decimalOf = (tables: ReadonlyArray<GlookoTable>): DecimalMark | undefined => {
  const cells = tables.flatMap(({ table }) => table.start.flat().map((cell) => cell.trim()));
  // `0,103` and `215,0` are no thousands.
  const hasComma = cells.some((cell) => /^-?(?:\d+,\d{1,2}|0,\d+)$/u.test(cell));
  const hasPoint = cells.some((cell) => /^-?(?:\d+\.\d{1,2}|0\.\d+)$/u.test(cell));
  if (hasComma === hasPoint) return undefined;
  return hasComma ? "," : ".";
};
