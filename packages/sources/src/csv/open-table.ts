import { readFileStart } from "../detect/file-start.ts";
import type { InputFile } from "../input-file.ts";
import type { ReadOptions } from "../read-options.ts";
import { decodeText } from "../text/decode-text.ts";
import type { Delimiter } from "./csv-start.ts";
import { type CsvRow, readCsv } from "./read-csv.ts";

/** A file that is a table, opened for any number of readings. */
export interface Table {
  readonly delimiter: Delimiter;
  /** At most 40 of its first rows. */
  readonly start: ReadonlyArray<ReadonlyArray<string>>;
  /** Its rows in pages, from the first one on. */
  rows(): AsyncIterable<ReadonlyArray<CsvRow>>;
}

/** Opens a file as a table, with the delimiter that its start has. A file of one column has commas. */
export const openTable = async (file: InputFile, options: ReadOptions): Promise<Table> => {
  const { table } = await readFileStart(file, options);
  const delimiter = table?.delimiter ?? ",";
  const start = table?.rows ?? [];
  return { delimiter, start, rows: () => readCsv(decodeText(file.stream(), options.encoding), { delimiter }) };
};
