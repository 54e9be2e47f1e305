import { openTable, type Table } from "../../csv/open-table.ts";
import { RepeatedKeys } from "../../identity/repeated-keys.ts";
import type { InputFile } from "../../input-file.ts";
import type { Need, NeedExample } from "../../need.ts";
import type { NotesInProgress } from "../../notes.ts";
import type { ReadOptions } from "../../read-options.ts";
import type { ZoneClock } from "../../time/zone-clock.ts";
import { UnreadableInput } from "../../unreadable-input.ts";
import { GlucoseUnitsCheck } from "../../values/glucose-units.ts";
import { clarityDateOrder } from "./clarity-date-order.ts";
import { deviceIdOf } from "./clarity-datum.ts";
import type { ClarityEvent } from "./clarity-event.ts";
import { type ClarityReading, clarityRows } from "./clarity-rows.ts";
import { clarityKey, typeOf } from "./origin-id.ts";
import { TransmitterClocks } from "./transmitter-clocks.ts";

/** What a first pass over a file found. */
export interface ClaritySurvey {
  readonly file: InputFile;
  readonly table: Table;
  readonly clocks: TransmitterClocks;
  readonly repeated: RepeatedKeys;
  readonly needs: ReadonlyArray<Need>;
  /** A row with a time, for the question in which zone that was. */
  readonly example: NeedExample | undefined;
  /** How its rows are to be read. */
  readonly reading: ClarityReading;
}

/** The key under which an event is looked for again. */
export const repeatedKey = (event: ClarityEvent): string => `${typeOf(event)}:${clarityKey(event).join(":")}`;

/** What of an event counts beside its key: a reading is one reading, whichever device displayed it. */
export const repeatedContent = ({ wall }: ClarityEvent): string => String(wall);

/**
 * Looks at all rows of a file: its units, its devices, its transmitters' clocks, and which records occur twice.
 *
 * @throws {UnreadableInput} `incomplete` where there is no row of headings.
 */
export const surveyClarity = async (
  file: InputFile,
  options: ReadOptions,
  clock: ZoneClock | undefined,
  notes: NotesInProgress
): Promise<ClaritySurvey> => {
  const table = await openTable(file, options);
  const decision = await clarityDateOrder(table, file.name, options.dateOrder);
  const order = "order" in decision ? decision.order : "ymd";
  const clocks = new TransmitterClocks();
  const repeated = new RepeatedKeys();
  const checks = { "mg/dL": new GlucoseUnitsCheck(), "mmol/L": new GlucoseUnitsCheck() };
  const devices = new Set<string>();
  let example: NeedExample | undefined;
  let hasHeadings = false;
  let model: string | undefined;
  for await (const page of clarityRows(table, { order })) {
    for (const item of page) {
      if ("model" in item) model ??= item.model;
      if ("columns" in item) hasHeadings = true;
      if ("doubtful" in item) {
        const { value, units } = item.doubtful!;
        checks[units].add(value, { file: file.name, row: item.row, column: "Glucose Value" });
      }
      if (!("event" in item)) continue;
      const { event, row, columns, timeText } = item;
      example ??= { file: file.name, row, column: "Timestamp", text: timeText };
      devices.add(deviceIdOf(event));
      repeated.add(repeatedKey(event), repeatedContent(event));
      if ("glucose" in event && !event.glucose.annotations) {
        checks[columns.units].add(event.glucose.value, { file: file.name, row, column: "Glucose Value" });
      }
      const instant = clock?.possibleInstants(event.wall);
      if (typeof instant === "number") clocks.add(event, instant, row);
    }
  }
  repeated.finish();
  if (!hasHeadings) {
    throw new UnreadableInput(
      "incomplete",
      `${file.name} has no row of headings as Dexcom Clarity writes it: export it again.`
    );
  }
  for (const id of devices) notes.addDevice({ id, ...(model === undefined ? {} : { model }) });
  const doubts = (["mg/dL", "mmol/L"] as const).flatMap((units) => checks[units].need(units, file.name) ?? []);
  const jumps = clocks.jumps();
  if (jumps.length > 0) {
    const [{ row, minutes }] = jumps as [(typeof jumps)[number]];
    const times = jumps.length === 1 ? "once" : `${jumps.length} times`;
    notes.warn(
      "clock-jumped",
      `In ${file.name}, the clock was changed against the transmitter ${times}, first by ${minutes} minutes in row ${row}. If that was travel, say so with the option travel; if it comes with every summer time, the option timezone is another zone.`
    );
  }
  const needs = options.units === undefined ? [...doubts] : [];
  if ("need" in decision) needs.push(decision.need);
  const reading = { order, ...(doubts.length > 0 ? { units: options.units } : {}) };
  return { file, table, clocks, repeated, needs, example, reading };
};
