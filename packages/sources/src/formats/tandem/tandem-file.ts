import { openTable, type Table } from "../../csv/open-table.ts";
import type { InputFile } from "../../input-file.ts";
import type { Need } from "../../need.ts";
import type { NotesInProgress } from "../../notes.ts";
import type { ReadOptions } from "../../read-options.ts";
import type { RecordFile, RecordItem, RecordReading } from "../../records/device-record.ts";
import { filledWidth, soundRows } from "../../records/sound-rows.ts";
import { shapeFaults } from "../../row-fault.ts";
import { dateParts, wallTime } from "../../time/read-moment.ts";
import { UnreadableInput } from "../../unreadable-input.ts";
import type { GlucoseUnits } from "../../values/glucose.ts";
import { filesInside } from "../../zip/files-inside.ts";
import type { Dose } from "./tandem-doses.ts";
import { tandemItems } from "./tandem-row.ts";
import { type TandemKind, type TandemSection, tandemSection } from "./tandem-sections.ts";
import { surveyTandem } from "./tandem-survey.ts";

type Item = RecordItem<Dose>;

interface Writing {
  readonly reading: RecordReading;
  /** Where neither the headings nor the caller name them. */
  readonly units: GlucoseUnits | undefined;
  readonly onlySerial: string;
}

interface TandemTable {
  readonly file: InputFile;
  readonly table: Table;
}

/** The columns that the time of a record stands in, best first: when it began, then when it was over. */
const timeColumns = ["eventdatetime", "requestdatetime", "bolexstartdatetime", "completiondatetime", "eventdate"];
/** Rows of boluses have a cell or two more than their headings in t:connect. */
const spare = 2;

/** Sections that Tidepool has no kind for. */
const withoutDatum: Readonly<Partial<Record<TandemKind, string>>> = {
  "hourly basal": "day's basal insulin by hours",
  "insulin on board": "insulin on board",
  unknown: "row of an unknown section"
};

const itemsOfRow = (
  { file, row, cells }: { readonly file: string; readonly row: number; readonly cells: ReadonlyArray<string> },
  section: TandemSection,
  { reading, units, onlySerial, decimal }: Writing & { readonly decimal: "," | "." | undefined }
): ReadonlyArray<Item> => {
  const place = { file, row };
  const { names, kind, at } = section;
  const width = filledWidth(cells);
  if (width === 0) return [];
  if (width > names.length + (at.has("noteid") ? spare : 0)) return [{ ...place, fault: shapeFaults["too-wide"] }];
  const without = withoutDatum[kind];
  if (without !== undefined) return [{ ...place, notMapped: without }];
  if (cells.length < names.length) return [{ ...place, fault: shapeFaults["too-short"] }];
  const column = timeColumns.find((name) => (cells[at.get(name) ?? -1] ?? "") !== "") ?? timeColumns[0]!;
  const timeText = cells[at.get(column) ?? -1] ?? "";
  const badTime = {
    code: "bad-time",
    message: "The time is not written in one of Tandem's ways, or does not exist.",
    column: names[at.get(column) ?? -1] ?? "Event Date Time"
  };
  const parts = dateParts(timeText);
  if (!parts) return [{ ...place, fault: badTime }];
  const order = parts.yearFirst ? "ymd" : reading.order;
  if (order === undefined) return [{ ...place, openDate: parts, text: timeText, series: kind }];
  const wall = wallTime(parts, order);
  if (wall === undefined) return [{ ...place, fault: badTime }];
  const told = reading.units ?? section.units ?? units ?? "mg/dL";
  return tandemItems({ ...place, cells, section, units: told, decimal, order, wall, timeText, onlySerial });
};

const itemsOfTable = async function* (
  { file: { name: file }, table }: TandemTable,
  writing: Writing
): AsyncGenerator<ReadonlyArray<Item>> {
  let section: TandemSection | undefined;
  const decimal = table.delimiter === ";" ? undefined : ".";
  for await (const page of soundRows(table)) {
    yield page.flatMap((item): ReadonlyArray<Item> => {
      if ("fault" in item) return [{ file, ...item }];
      const found = tandemSection(item.cells);
      section = found ?? section;
      // What stands before the first headings is about the person.
      return found || !section || isPreamble(item.cells)
        ? []
        : itemsOfRow({ file, ...item }, section, { ...writing, decimal });
    });
  }
};

/** The first lines of a report that was put behind another one. */
const isPreamble = ([first = ""]: ReadonlyArray<string>): boolean =>
  /^(?:tandem diabetes care|t:connect|patient (?:name|dob)|report generated)/iu.test(first);

/** A file of Tandem's with what has to be asked about it. */
export interface OpenedTandem {
  readonly records: RecordFile<Dose>;
  readonly needs: ReadonlyArray<Need>;
}

/**
 * Opens one file, be it of one kind of record, of several sections, or a zip of such files.
 *
 * @throws {UnreadableInput} `incomplete` where there are no headings of Tandem.
 */
export const tandemFile = async (
  file: InputFile,
  options: ReadOptions,
  notes: NotesInProgress
): Promise<OpenedTandem> => {
  const tables: Array<TandemTable> = [];
  for (const inside of await filesInside(file)) {
    const table = await openTable(inside, options);
    if (table.start.some((cells) => tandemSection(cells))) tables.push({ file: inside, table });
    else notes.warn("other-file", `${inside.name} is in the export, and no table that is known.`);
  }
  if (tables.length === 0) {
    throw new UnreadableInput("incomplete", `${file.name} has no headings as Tandem writes them: export it again.`);
  }
  const { units, hasUnnamed, onlySerial } = await surveyTandem(tables.map(({ table }) => table));
  const told = options.units ?? units;
  const needs: Array<Need> = [];
  if (hasUnnamed && told === undefined) {
    const message = `${file.name} does not say whether its glucose is in mg/dL or mmol/L. Say which.`;
    needs.push({ kind: "units", files: [file.name], message, examples: [] });
  } else if (hasUnnamed && options.units === undefined) {
    notes.assume(
      "units",
      `The glucose of ${file.name} is read in ${told}: its headings name no units, and its values can be no others.`
    );
  }
  const items = async function* (reading: RecordReading): AsyncGenerator<ReadonlyArray<Item>> {
    for (const table of tables) yield* itemsOfTable(table, { reading, units: told, onlySerial });
  };
  return { records: { file, items }, needs };
};
