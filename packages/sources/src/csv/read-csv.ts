import Papa from "papaparse";
import { firstDamage } from "../text/decode-utf8.ts";
import type { Delimiter } from "./csv-start.ts";

/** A row as a spreadsheet shows it, or what is wrong with it. */
export type CsvRow =
  | {
      /** The first row of the file is 1; empty rows and rows before the header count. */
      readonly row: number;
      readonly cells: ReadonlyArray<string>;
      /** A cell holds bytes that are no text in the file's encoding: what it says cannot be known. */
      readonly isDamaged?: true;
    }
  | {
      readonly row: number;
      /** `too-long`: longer than any record is. `quotes`: a quotation mark that is never closed, or text after one. */
      readonly fault: "too-long" | "quotes";
    };

export interface ReadCsvOptions {
  readonly delimiter: Delimiter;
  /** Most characters in a row. Default: 262,144; a longer one is refused, and reading goes on in the next line. */
  readonly longest?: number;
}

interface Parsed {
  readonly data: ReadonlyArray<ReadonlyArray<string>>;
  readonly errors: ReadonlyArray<{ readonly row?: number }>;
  readonly meta: { readonly cursor: number };
}

/** Line ends of every kind as `\n`: a pair of them may be cut in two. */
const withPlainLineEnds = async function* (pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held = "";
  for await (const piece of pieces) {
    let text = held + piece;
    held = "";
    if (text.endsWith("\r")) {
      held = "\r";
      text = text.slice(0, -1);
    }
    yield text.includes("\r") ? text.replaceAll(/\r\n?/gu, "\n") : text;
  }
  if (held !== "") yield "\n";
};

/**
 * Reads a table row by row, in pages. Memory is bounded: a row that is too long, or that a stray quotation mark makes of the rest of the
 * file, costs itself only.
 */
export const readCsv = async function* (
  pieces: AsyncIterable<string>,
  { delimiter, longest = 262_144 }: ReadCsvOptions
): AsyncGenerator<ReadonlyArray<CsvRow>> {
  const parse = (text: string, last: boolean, preview = 0) =>
    new Papa.Parser({ delimiter, newline: "\n", preview }).parse(text, 0, !last) as Parsed;
  let row = 1;
  let rest = "";
  /** In the middle of a row that was refused. */
  let skipping = false;

  /** What a text begins with, up to a row that spreads over lines by a wrong quotation mark: from its next line on, all is read again. */
  const parseSoundRows = (text: string, last: boolean, page: Array<CsvRow>): number => {
    let at = 0;
    for (;;) {
      const remaining = at === 0 ? text : text.slice(at);
      const { data, errors, meta } = parse(remaining, last);
      const bad = errors.find((error) => (error.row ?? data.length) < data.length)?.row;
      const sound = bad ?? data.length;
      const someDamaged = firstDamage(remaining) >= 0;
      for (let index = 0; index < sound; index++) {
        const cells = data[index]!;
        if (tooWide(cells)) page.push({ row: row++, fault: "too-long" });
        else if (someDamaged && cells.some((cell) => firstDamage(cell) >= 0))
          page.push({ row: row++, cells, isDamaged: true });
        else page.push({ row: row++, cells });
      }
      if (bad === undefined) return at + meta.cursor;
      page.push({ row: row++, fault: "quotes" });
      const begin = bad === 0 ? 0 : parse(remaining, last, bad).meta.cursor;
      const end = remaining.indexOf("\n", begin);
      if (end < 0) return text.length;
      at += end + 1;
    }
  };

  const tooWide = (cells: ReadonlyArray<string>): boolean => {
    let length = 0;
    for (const cell of cells) length += cell.length;
    return length > longest;
  };

  const pageOf = (text: string, last: boolean): ReadonlyArray<CsvRow> => {
    const page: Array<CsvRow> = [];
    let from = 0;
    if (skipping) {
      const end = text.indexOf("\n");
      if (end < 0) {
        rest = "";
        return page;
      }
      skipping = false;
      from = end + 1;
    }
    rest = text.slice(from);
    for (;;) {
      if (rest !== "") rest = rest.slice(parseSoundRows(rest, last, page));
      if (rest.length <= longest) return page;
      // Either one long line, or a quotation mark that nobody closed: what comes after its line may be sound.
      const end = rest.indexOf("\n");
      page.push({ row: row++, fault: end >= 0 && end <= longest ? "quotes" : "too-long" });
      if (end < 0) {
        skipping = true;
        rest = "";
        return page;
      }
      rest = rest.slice(end + 1);
    }
  };

  for await (const piece of withPlainLineEnds(pieces)) {
    const page = pageOf(rest + piece, false);
    if (page.length > 0) yield page;
  }
  // What is left may hold whole lines that a quotation mark had swallowed: the last line end is not one more, empty row.
  const page = pageOf(rest.endsWith("\n") ? rest.slice(0, -1) : rest, true);
  if (page.length > 0) yield page;
};
