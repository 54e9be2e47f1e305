import type { InputFile } from "../../input-file.ts";
import type { ReadOptions } from "../../read-options.ts";
import type { RecordFile, RecordItem, RecordReading } from "../../records/device-record.ts";
import { filledWidth, soundRows } from "../../records/sound-rows.ts";
import { shapeFaults } from "../../row-fault.ts";
import { dateParts, wallTime } from "../../time/read-moment.ts";
import { UnreadableInput } from "../../unreadable-input.ts";
import type { DecimalMark } from "../../values/read-number.ts";
import { type GlookoHeadings, glookoHeadings, isGlookoPreamble } from "./glooko-kinds.ts";
import { glookoItems } from "./glooko-row.ts";
import { decimalOf, type GlookoTable, glookoTables } from "./glooko-tables.ts";

const badTime = (column: string) => ({
  code: "bad-time",
  message: "The time is not written in one of Glooko's ways, or does not exist.",
  column
});

interface Writing {
  readonly reading: RecordReading;
  readonly decimal: DecimalMark | undefined;
}

const itemsOfRow = (
  { file, row, cells }: { readonly file: string; readonly row: number; readonly cells: ReadonlyArray<string> },
  headings: GlookoHeadings,
  { reading, decimal }: Writing
): ReadonlyArray<RecordItem> => {
  const place = { file, row };
  const { names, kind } = headings;
  const width = filledWidth(cells);
  if (width === 0) return [];
  if (width > names.length) return [{ ...place, fault: shapeFaults["too-wide"] }];
  if (cells.length < names.length) return [{ ...place, fault: shapeFaults["too-short"] }];
  // What a clock showed, even where it is marked as UTC.
  const timeText = cells[0]!.replace(/Z$/u, "");
  // Exports that came from Diasend have rows without a time.
  if (/^0?(?:[.,]0+)?$/u.test(timeText)) return [{ ...place, notMapped: "row without a time" }];
  const parts = dateParts(timeText);
  if (!parts) return [{ ...place, fault: badTime(names[0]!) }];
  // Nobody writes the month first with points between.
  const order = /^\d+\.\d+\./u.test(timeText) ? "dmy" : parts.yearFirst ? "ymd" : reading.order;
  if (order === undefined) return [{ ...place, openDate: parts, text: timeText, series: kind }];
  const wall = wallTime(parts, order);
  if (wall === undefined) return [{ ...place, fault: badTime(names[0]!) }];
  const units = reading.units ?? headings.units ?? "mg/dL";
  return glookoItems({ ...place, cells, headings, units, decimal, wall, timeText });
};

const itemsOfTable = async function* (
  { file: { name: file }, table }: GlookoTable,
  writing: Writing
): AsyncGenerator<ReadonlyArray<RecordItem>> {
  let headings: GlookoHeadings | undefined;
  for await (const page of soundRows(table)) {
    yield page.flatMap((item): ReadonlyArray<RecordItem> => {
      if ("fault" in item) return [{ file, ...item }];
      if (isGlookoPreamble(item.cells)) return [];
      const found = glookoHeadings(item.cells);
      // Files that were put together have headings in the middle.
      headings = found ?? headings;
      return found || !headings ? [] : itemsOfRow({ file, ...item }, headings, writing);
    });
  }
};

/**
 * Opens an export, be it the archive or files out of one.
 *
 * @throws {UnreadableInput} `incomplete` where none of the files has headings of Glooko.
 */
export const glookoExport = async (
  file: InputFile,
  options: ReadOptions
): Promise<{ readonly records: RecordFile; readonly others: ReadonlyArray<string> }> => {
  const { tables, others } = await glookoTables(file, options);
  if (tables.length === 0) {
    const message = `${file.name} has no table with headings as Glooko writes them: export it again.`;
    throw new UnreadableInput("incomplete", message);
  }
  const decimal = decimalOf(tables);
  const items = async function* (reading: RecordReading): AsyncGenerator<ReadonlyArray<RecordItem>> {
    for (const table of tables) yield* itemsOfTable(table, { reading, decimal });
  };
  return { records: { file, items }, others };
};
