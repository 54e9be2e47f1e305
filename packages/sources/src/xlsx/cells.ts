import { XmlPieces } from "./xml-pieces.ts";

/** What stands in a cell. */
export type Cell = string | number | boolean;

/** A row of a sheet. */
export interface SheetRow {
  /** As the sheet numbers it: the first row is 1. */
  readonly row: number;
  /** By column, from 0; empty cells are left out. */
  readonly cells: ReadonlyArray<Cell | undefined>;
}

/** No sheet that people have data in is wider. */
const widest = 1024;

/** The place of `B7` in its row: 1. */
const columnOf = (reference: string): number | undefined => {
  const letters = /^[A-Z]{1,3}(?=\d)/u.exec(reference)?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
};

const cellOf = (type: string | undefined, text: string, shared: ReadonlyArray<string>): Cell | undefined => {
  if (text === "") return undefined;
  switch (type) {
    case "s":
      return shared[Number(text)];
    case "b":
      return text === "1" || text === "true";
    case "e":
      return undefined;
    case "str":
    case "inlineStr":
    case "d":
      return text;
    default:
      return Number.isNaN(Number(text)) ? text : Number(text);
  }
};

/** Reads the XML of a sheet, and hands over row by row. */
export const sheetReader = (shared: ReadonlyArray<string>, onRow: (row: SheetRow) => void): XmlPieces => {
  let row = 0;
  let cells: Array<Cell | undefined> = [];
  let column = -1;
  let type: string | undefined;
  let text = "";
  let isValue = false;
  let isPhonetic = false;
  return new XmlPieces({
    open(name, attributes) {
      if (name === "row") {
        const number = Number(attributes["r"]);
        row = Number.isInteger(number) && number > 0 ? number : row + 1;
        cells = [];
        column = -1;
      } else if (name === "c") {
        column = columnOf(attributes["r"] ?? "") ?? column + 1;
        type = attributes["t"];
        text = "";
      } else if (name === "rPh") isPhonetic = true;
      else if ((name === "v" || name === "t") && !isPhonetic) isValue = true;
    },
    close(name) {
      if (name === "row") onRow({ row, cells });
      else if (name === "c") {
        if (column < widest) cells[column] = cellOf(type, text, shared);
      } else if (name === "rPh") isPhonetic = false;
      else if (name === "v" || name === "t") isValue = false;
    },
    text(content) {
      if (isValue) text += content;
    }
  });
};

/** Excel's moments: days since 1899-12-30, or since 1904-01-01, in milliseconds since 1970. */
export const excelMoment = (days: number, from1904: boolean): number =>
  Math.round((days - (from1904 ? 24_107 : 25_569)) * 86_400_000);
