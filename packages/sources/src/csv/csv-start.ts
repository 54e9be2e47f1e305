import Papa from "papaparse";

/** What separates the cells of a row. */
export type Delimiter = "," | ";" | "\t";

/** The first rows of a text that may be a table. */
export interface CsvStart {
  readonly delimiter: Delimiter;
  /** At most 40, as texts. The last one may be cut off. */
  readonly rows: ReadonlyArray<ReadonlyArray<string>>;
}

const delimiters: ReadonlyArray<Delimiter> = [",", ";", "\t"];
const most = 40;

const rowsOf = (text: string, delimiter: Delimiter): ReadonlyArray<ReadonlyArray<string>> =>
  (
    new Papa.Parser({ delimiter, newline: "\n", preview: most }).parse(text, 0, false) as {
      readonly data: ReadonlyArray<ReadonlyArray<string>>;
    }
  ).data;

/**
 * The start of a text as rows, by the delimiter that gives the widest row; of those that give it, by the one that parts
 * more rows: a decimal comma parts only rows with numbers. `sep=;`, which Excel writes before the first row,
 * decides by itself. `undefined` where no row has two cells.
 */
export const csvStart = (text: string, whole: boolean): CsvStart | undefined => {
  const lines = text.replaceAll(/\r\n?/gu, "\n");
  const end = whole ? lines.length : lines.lastIndexOf("\n") + 1;
  const complete = end > 0 ? lines.slice(0, end) : lines;
  const named = /^"?sep=(?<delimiter>[,;\t])"?\n/iu.exec(complete)?.groups?.["delimiter"];
  let best: CsvStart | undefined;
  let widest = 1;
  let mostSplit = 0;
  for (const delimiter of delimiters) {
    if (named !== undefined && named !== delimiter) continue;
    const rows = rowsOf(complete, delimiter);
    const width = Math.max(...rows.map(({ length }) => length));
    const split = rows.filter(({ length }) => length > 1).length;
    if (width < 2 || width < widest || (width === widest && split <= mostSplit)) continue;
    widest = width;
    mostSplit = split;
    best = { delimiter, rows };
  }
  return best;
};
