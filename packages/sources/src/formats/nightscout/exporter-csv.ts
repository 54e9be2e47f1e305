import { readCsv } from "../../csv/read-csv.ts";
import type { InputFile } from "../../input-file.ts";
import type { DateOrder, Need, NeedExample } from "../../need.ts";
import type { ReadOptions } from "../../read-options.ts";
import { shapeFaults } from "../../row-fault.ts";
import { decodeText } from "../../text/decode-text.ts";
import { DateOrderEvidence } from "../../time/date-order.ts";
import { dateParts, readMoment } from "../../time/read-moment.ts";
import { timezoneNeed } from "../../time/timezone-need.ts";
import { unclearTimeFault } from "../../time/unclear-time-fault.ts";
import type { ZoneClock } from "../../time/zone-clock.ts";
import type { Fields } from "./document.ts";
import type { Read } from "./read-documents.ts";

/** Whether a text is the CSV of the nightscout-exporter page: two tables, each after a line with its name. */
export const isExporterCsv = (text: string): boolean => /^\s*"?# (?:CGM ENTRIES|TREATMENTS\b)/u.test(text);

type Cells = ReadonlyMap<string, string>;
interface Row {
  readonly row: number;
  readonly section: "entries" | "treatments";
  readonly cells: Cells;
}

const sectionOf = (cell: string): Row["section"] | undefined =>
  cell.startsWith("# CGM ENTRIES") ? "entries" : cell.startsWith("# TREATMENTS") ? "treatments" : undefined;

type Item = Row | { readonly row: number; readonly fault: keyof typeof shapeFaults };

const rowsOf = async function* (file: InputFile, options: ReadOptions): AsyncGenerator<ReadonlyArray<Item>> {
  let section: Row["section"] | undefined;
  let headings: ReadonlyArray<string> | undefined;
  for await (const page of readCsv(decodeText(file.stream(), options.encoding), { delimiter: "," })) {
    const items: Array<Item> = [];
    for (const item of page) {
      if ("fault" in item) items.push(item);
      else {
        const named = sectionOf(item.cells[0] ?? "");
        if (named) {
          section = named;
          headings = undefined;
        } else if (item.cells.every((cell) => cell.trim() === "")) continue;
        else if (headings === undefined) headings = item.cells.map((cell) => cell.trim());
        else if (item.isDamaged) items.push({ row: item.row, fault: "damaged" });
        else if (section !== undefined) {
          const cells = new Map(headings.map((heading, at) => [heading, (item.cells[at] ?? "").trim()]));
          items.push({ row: item.row, section, cells });
        }
      }
    }
    if (items.length > 0) yield items;
  }
};

const clockText = (cells: Cells): string => `${cells.get("Date") ?? ""} ${cells.get("Time") ?? ""}`;

const documentMembers = ({ section, cells }: Row, date: number): Fields => {
  // A blank cell is unknown, and no 0.
  const filled = (heading: string, name: string): Fields => {
    const cell = cells.get(heading) ?? "";
    return cell === "" ? {} : { [name]: cell };
  };
  const id = filled("ID", "_id");
  if (section === "treatments") {
    const amounts = { ...filled("Insulin (U)", "insulin"), ...filled("Carbs (g)", "carbs") };
    return { ...id, eventType: cells.get("Event Type") ?? "", mills: date, ...amounts, ...filled("Notes", "notes") };
  }
  const type = cells.get("Type") || "sgv";
  const value = filled("Glucose (mg/dL)", type === "mbg" ? "mbg" : "sgv");
  return { ...id, type, date, ...value, ...filled("Device", "device"), ...filled("Trend", "trend") };
};

/** A file of the nightscout-exporter page, looked through: what has to be asked, and its documents. */
export interface ExporterCsv {
  readonly needs: ReadonlyArray<Need>;
  documents(): AsyncGenerator<ReadonlyArray<Read>>;
}

/** Opens such a file. Its times are what the clock of a browser showed; `clock` is undefined where no zone is given. */
export const openExporterCsv = async (
  file: InputFile,
  options: ReadOptions,
  clock: ZoneClock | undefined
): Promise<ExporterCsv> => {
  const evidence = new DateOrderEvidence(file.name);
  let example: NeedExample | undefined;
  for await (const items of rowsOf(file, options)) {
    for (const item of items) {
      if ("fault" in item) continue;
      const text = clockText(item.cells);
      const place = { file: file.name, row: item.row, column: "Date", text };
      const parts = dateParts(text);
      if (!parts) continue;
      evidence.add(parts, place, item.section);
      example ??= place;
    }
  }
  // Browsers write AM and PM with the month first, save for a few countries: their dates have the day above 12 somewhere.
  const decision = evidence.decide(options.dateOrder, "mdy");
  const zone = clock === undefined && example !== undefined ? [timezoneNeed([example])] : [];
  const needs = "need" in decision ? [...zone, decision.need] : zone;
  const order: DateOrder = "need" in decision ? "mdy" : decision.order;
  return { needs, documents: () => documentsOf(file, options, clock, order) };
};

const documentsOf = async function* (
  file: InputFile,
  options: ReadOptions,
  clock: ZoneClock | undefined,
  order: DateOrder
): AsyncGenerator<ReadonlyArray<Read>> {
  for await (const items of rowsOf(file, options)) {
    yield items.map((item): Read => {
      const { row } = item;
      const at = `row ${row} of ${file.name}`;
      const rejected = (fault: { readonly code: string; readonly message: string }): Read => ({
        problem: { outcome: "rejected", ...fault, file: file.name, row },
        at
      });
      if ("fault" in item) return rejected(shapeFaults[item.fault]);
      const wall = readMoment(clockText(item.cells), order);
      if (wall === undefined)
        return rejected({ code: "no-time", message: "The row has no date and time that can be read." });
      const instant = clock?.instantOf(wall);
      if (typeof instant !== "number") {
        return instant === undefined
          ? rejected({ code: "no-time", message: "No zone is known." })
          : rejected(unclearTimeFault(instant, "Time"));
      }
      return { collection: item.section, fields: documentMembers(item, instant), at };
    });
  }
};
