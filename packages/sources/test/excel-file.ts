import type { InputFile } from "@tideway/sources";
import { zipSync } from "fflate";
import { zipOf } from "./input-files.ts";

/** What stands in a cell of a workbook that a test writes; a date is written as Excel counts days. */
export type ExcelCell = string | number | boolean | Date | undefined;

/** A sheet by its rows, the first of which are the headings. */
export interface ExcelSheet {
  readonly name: string;
  readonly rows: ReadonlyArray<ReadonlyArray<ExcelCell>>;
  readonly state?: "veryHidden";
}

export interface ExcelLook {
  /** As Excel saves it again: texts apart, sheets at the end of the archive. Default: as the web site writes it. */
  readonly isSavedAgain?: boolean;
  readonly from1904?: boolean;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : "") + String.fromCharCode(65 + (column % 26));

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** The parts of a workbook, by their paths. */
export const excelParts = (
  sheets: ReadonlyArray<ExcelSheet>,
  { isSavedAgain = false, from1904 = false }: ExcelLook = {}
): Readonly<Record<string, string>> => {
  const shared: Array<string> = [];
  const cellXml = (cell: ExcelCell, place: string): string => {
    if (cell === undefined || cell === "") return isSavedAgain ? "" : `<c r="${place}" s="2"/>`;
    if (typeof cell === "boolean") return `<c r="${place}" t="b"><v>${Number(cell)}</v></c>`;
    if (cell instanceof Date)
      return `<c r="${place}" s="3"><v>${cell.getTime() / 86_400_000 + (from1904 ? 24_107 : 25_569)}</v></c>`;
    if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`;
    if (!isSavedAgain) return `<c r="${place}" t="str"><v>${escaped(cell)}</v></c>`;
    if (!shared.includes(cell)) shared.push(cell);
    return `<c r="${place}" t="s"><v>${shared.indexOf(cell)}</v></c>`;
  };
  const sheetXml = (rows: ExcelSheet["rows"]): string => {
    const body = rows.map((row, index) => {
      const cells = row.map((cell, column) => cellXml(cell, `${letters(column)}${index + 1}`)).join("");
      return `<row r="${index + 1}">${cells}</row>`;
    });
    return `${head}<worksheet xmlns="${main}"><sheetData>${body.join("")}</sheetData></worksheet>`;
  };
  const files = sheets.map(({ rows }, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(rows)] as const);
  const list = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${escaped(name)}" sheetId="${index + 1}"${state ? ` state="${state}"` : ""} r:id="rId${index + 3}"/>`
  );
  const links = sheets.map(
    (_, index) =>
      `<Relationship Id="rId${index + 3}" Type="${office}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`
  );
  const rest = {
    "xl/_rels/workbook.xml.rels": `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links.join("")}</Relationships>`,
    "xl/workbook.xml": `${head}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${from1904 ? ' date1904="1"' : ""}/><sheets>${list.join("")}</sheets></workbook>`,
    ...(isSavedAgain
      ? {
          "xl/sharedStrings.xml": `${head}<sst xmlns="${main}">${shared.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join("")}</sst>`
        }
      : {})
  };
  return isSavedAgain ? { ...rest, ...Object.fromEntries(files) } : { ...Object.fromEntries(files), ...rest };
};

/** A workbook's bytes. */
export const excelBytes = (sheets: ReadonlyArray<ExcelSheet>): Uint8Array =>
  zipSync(
    Object.fromEntries(Object.entries(excelParts(sheets)).map(([path, text]) => [path, new TextEncoder().encode(text)]))
  );

/** A workbook as a file. */
export const excelFile = (sheets: ReadonlyArray<ExcelSheet>, look: ExcelLook = {}): InputFile =>
  zipOf("TidepoolExport.xlsx", excelParts(sheets, look));
