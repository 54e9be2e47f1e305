import type { Table } from "../../csv/open-table.ts";
import type { CsvRow } from "../../csv/read-csv.ts";
import type { DateOrder } from "../../need.ts";
import { type RowFault, shapeFaults } from "../../row-fault.ts";
import type { GlucoseUnits } from "../../values/glucose.ts";
import { type ClarityColumns, clarityColumns, widthOf } from "./clarity-columns.ts";
import { type ClarityEvent, clarityEvent } from "./clarity-event.ts";
import type { ClarityKind } from "./clarity-words.ts";

/** What a row of the file is. */
export type ClarityRow = { readonly row: number } & (
  | { readonly event: ClarityEvent; readonly columns: ClarityColumns; readonly timeText: string }
  | { readonly fault: RowFault; readonly doubtful?: { readonly value: number; readonly units: GlucoseUnits } }
  /** Of a kind that has no datum. */
  | { readonly notMapped: string; readonly model?: string }
  | { readonly columns: ClarityColumns }
);

/** What was found out about a file before its rows are understood. */
export interface ClarityReading {
  /** Where they are not those of the headings. */
  readonly units?: GlucoseUnits | undefined;
  readonly order: DateOrder;
}

const personal = /^(?:firstname|lastname|dateofbirth|patientidentifier|vorname|nachname|geburtsdatum)/iu;
const alert = /^(?:alert|warn|alerte|alerta|avviso|aviso|melding|alarm|varning|hälytys)/iu;

const nameOfKind = (kind: ClarityKind): string =>
  kind === "health" ? "health event of another kind" : "event of another kind";

/**
 * A file's rows, understood one by one. A second row of headings, as in files that were put together, holds for what comes
 * after it.
 */
export const clarityRows = async function* (
  table: Table,
  { units: given, order }: ClarityReading
): AsyncGenerator<ReadonlyArray<ClarityRow>> {
  let columns: ClarityColumns | undefined;
  const decimal = table.delimiter === ";" ? "," : ".";

  const understand = ({ cells, row, isDamaged }: Extract<CsvRow, { cells: unknown }>): ClarityRow | undefined => {
    const headings = clarityColumns(cells);
    if (headings) {
      columns = headings;
      return { row, columns };
    }
    const width = widthOf(cells);
    // What stands before the headings is no record.
    if (!columns || width === 0) return undefined;
    if (isDamaged) return { row, fault: shapeFaults.damaged };
    if (width > columns.count) return { row, fault: shapeFaults["too-wide"] };
    const timeText = (cells[columns.timestamp] ?? "").trim();
    if (timeText === "") {
      const type = (cells[columns.type] ?? "").trim();
      if (personal.test(type)) return { row, notMapped: "name or birthday" };
      if (alert.test(type)) return { row, notMapped: "alert setting" };
      const model = (cells[columns.deviceInfo] ?? "").trim();
      return { row, notMapped: "row without a time", ...(model === "" ? {} : { model }) };
    }
    if (cells.length < columns.count - 1) return { row, fault: shapeFaults["too-short"] };
    const result = clarityEvent(cells, { columns, units: given ?? columns.units, decimal, order });
    if ("fault" in result) {
      const { fault, implausible: value } = result;
      return { row, fault, ...(value === undefined ? {} : { doubtful: { value, units: columns.units } }) };
    }
    if ("unknown" in result) return { row, notMapped: nameOfKind(result.unknown) };
    return { row, event: result, columns, timeText };
  };

  for await (const page of table.rows()) {
    const rows: Array<ClarityRow> = [];
    for (const item of page) {
      if ("fault" in item) rows.push({ row: item.row, fault: shapeFaults[item.fault] });
      else {
        const understood = understand(item);
        if (understood) rows.push(understood);
      }
    }
    yield rows;
  }
};
