import { type Cell, excelMoment } from "../../xlsx/cells.ts";
import { activityDuration, type CellKind, excelColumn } from "./columns.ts";

/** A record as the export service gives it as JSON, before anything is taken from it. */
export type ExcelRecord = { [member: string]: unknown };

type Fill = (record: ExcelRecord, cell: Cell) => void;

const isoOf = (cell: Cell, from1904: boolean): string => {
  if (typeof cell !== "number") return String(cell);
  const instant = excelMoment(cell, from1904);
  // What is no time stays as it is: the platform's rules say so.
  return Math.abs(instant) < 8.64e15 ? new Date(instant).toISOString() : String(cell);
};

const valueOf = (cell: Cell, kind: CellKind, from1904: boolean): unknown => {
  switch (kind) {
    case "moment":
      return isoOf(cell, from1904);
    case "wall":
      return isoOf(cell, from1904).slice(0, 19);
    case "minutes":
      return typeof cell === "number" ? Math.round(cell * 60_000) : cell;
    case "number":
      return typeof cell === "string" && /^-?\d+(?:\.\d+)?$/u.test(cell) ? Number(cell) : cell;
    default:
      return String(cell);
  }
};

const fillOf = (heading: string, from1904: boolean): Fill | undefined => {
  if (heading.trim().toLowerCase() === activityDuration) {
    return (record, days) => {
      record["duration"] =
        typeof days === "number" ? { units: "seconds", value: Math.round(days * 86_400_000) / 1000 } : days;
    };
  }
  const column = excelColumn(heading);
  if (!column) return undefined;
  const { path, kind } = column;
  const [member = "", inner] = path;
  return (record, cell) => {
    const value = valueOf(cell, kind, from1904);
    if (inner === undefined) record[member] = value;
    else record[member] = { ...(record[member] as ExcelRecord | undefined), [inner]: value };
  };
};

/** Makes records of the rows of one sheet. */
export class ExcelRecords {
  private readonly fills: ReadonlyArray<Fill | undefined>;

  private constructor(fills: ReadonlyArray<Fill | undefined>) {
    this.fills = fills;
  }

  /** By a row of headings; `undefined` where it is another row. */
  static of(cells: ReadonlyArray<Cell | undefined>, from1904: boolean): ExcelRecords | undefined {
    const headings = Array.from(cells, (cell) => (typeof cell === "string" ? cell : ""));
    const members = new Set(headings.map((heading) => excelColumn(heading)?.path[0]));
    if (!members.has("type") || !members.has("time") || !members.has("id")) return undefined;
    return new ExcelRecords(headings.map((heading) => fillOf(heading, from1904)));
  }

  record(cells: ReadonlyArray<Cell | undefined>): ExcelRecord {
    // Every record of an export has one; a row that lost it is still no record that was written for upload.
    const record: ExcelRecord = { uploadId: "" };
    for (const [place, fill] of this.fills.entries()) {
      const cell = cells[place];
      if (fill && cell !== undefined && cell !== "") fill(record, cell);
    }
    return record;
  }
}
