import type { InputFile } from "../../input-file.ts";
import type { ReadOptions } from "../../read-options.ts";
import { decodeText } from "../../text/decode-text.ts";

const header = "DAY;TIME;UDT_CGMS;BG_LEVEL;CH_GR;BOLUS;REMARK";
/** A line longer than any is given on as it is: whoever reads the table refuses it. */
const longest = 262_144;
/** All columns but the note, which comes last and may hold anything. */
const columns = 6;

/** A cell in quotes, as spreadsheets write it: with its end and a separator or the end of the line behind. */
const quoted = (
  line: string,
  from: number,
  delimiter: string
): { readonly text: string; readonly end: number } | undefined => {
  if (line[from] !== '"') return undefined;
  const close = line.indexOf('"', from + 1);
  const after = line[close + 1];
  return close > 0 && (after === undefined || after === delimiter)
    ? { text: line.slice(from + 1, close), end: close + 1 }
    : undefined;
};

/** The first cells of a line, and whether a note comes behind them: xDrip+ neither quotes notes nor keeps separators out of them. */
const cellsOf = (
  line: string,
  delimiter: string
): { readonly cells: ReadonlyArray<string>; readonly hasNote: boolean } => {
  const cells: Array<string> = [];
  let at = 0;
  while (cells.length < columns && at <= line.length) {
    const separator = line.indexOf(delimiter, at);
    const plainEnd = separator < 0 ? line.length : separator;
    const { text, end } = quoted(line, at, delimiter) ?? { text: line.slice(at, plainEnd), end: plainEnd };
    cells.push(text.trim());
    at = end + 1;
  }
  return { cells, hasNote: /[^\s;,"]/u.test(line.slice(at)) };
};

const day = /^(?<day>\d{2})\.(?<month>\d{2})\.(?<year>\d{4})$/u;

/** The line with seven plain cells: an ISO date, decimal points, and instead of a note only that there is one. */
const plainLine = (line: string, delimiter: string): string => {
  if (line.length > longest || line.trim() === "") return line;
  const { cells, hasNote } = cellsOf(line, delimiter);
  if (cells[0] === "DAY") return header;
  const { year, month, day: dayOfMonth } = day.exec(cells[0]!)?.groups ?? {};
  const date = year === undefined ? cells[0]! : `${year}-${month}-${dayOfMonth}`;
  // Amounts are below a thousand: a comma can only be a decimal one.
  const amounts = Array.from({ length: columns - 2 }, (_, index) => cells[index + 2] ?? "").map((cell) =>
    /^[+-]?\d+,\d+$/u.test(cell) ? cell.replace(",", ".") : cell
  );
  const plain = [date, cells[1] ?? "", ...amounts].map((cell) => (/[";]/u.test(cell) ? "?" : cell));
  return [...plain, hasNote ? "note" : ""].join(";");
};

/** What separates the cells: of a line that has the headings, else what was found before. */
const delimiterOf = (line: string): string | undefined =>
  /^"?DAY"?(?<delimiter>[;,\t])/u.exec(line)?.groups?.["delimiter"];

const plainText = async function* (file: InputFile, encoding: string | undefined): AsyncGenerator<string> {
  let rest = "";
  let delimiter = ";";
  for await (const piece of decodeText(file.stream(), encoding)) {
    const text = rest + piece;
    // A line end of two characters may be cut in two.
    const to = text.endsWith("\r") ? text.length - 1 : text.length;
    const lines = text.slice(0, to).split(/\r\n?|\n/u);
    rest = lines.pop()! + text.slice(to);
    let page = "";
    for (const line of lines) {
      delimiter = delimiterOf(line) ?? delimiter;
      page += `${plainLine(line, delimiter)}\n`;
    }
    if (rest.length > longest) {
      page += rest;
      rest = "";
    }
    if (page !== "") yield page;
  }
  if (rest !== "") yield plainLine(rest.replace(/\r$/u, ""), delimiter);
};

const encoder = new TextEncoder();

/** The file as a table whose cells mean one thing only: in UTF-8, line by line as before, without the text of its notes. */
export const withPlainRows = (file: InputFile, { encoding }: ReadOptions): InputFile => ({
  name: file.name,
  async *stream() {
    for await (const text of plainText(file, encoding)) yield encoder.encode(text);
  }
});
