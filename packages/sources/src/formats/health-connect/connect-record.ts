import type { SqlRow } from "../../node/temporary-database.ts";
import type { RowFault } from "../../row-fault.ts";
import { activityOfExercise } from "./exercise-types.ts";

/** What a record says. */
export type ConnectContent =
  | { readonly kind: "glucose"; readonly value: number; readonly specimen: number; readonly isEntered: boolean }
  | { readonly kind: "food"; readonly grams: number }
  | {
      readonly kind: "exercise";
      readonly activity: ReturnType<typeof activityOfExercise>;
      readonly milliseconds: number;
    };

/** A record of Health Connect, understood. */
export interface ConnectRecord {
  /** `row_id` of its table. */
  readonly row: number;
  /** 32 hexadecimal digits. */
  readonly uuid: string;
  /** The name of the app that wrote it. */
  readonly app: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Minutes that the clock was ahead of UTC; `undefined` where the record does not say it. */
  readonly offset: number | undefined;
  /** When it was changed last, in milliseconds since 1970. */
  readonly modified: number;
  readonly content: ConnectContent;
}

/** The tables that are read, each with the columns that a record needs, by the name that they are given here. */
export const connectTables = {
  blood_glucose_record_table: { time: "time", zone: "zone_offset", level: "level", specimen: "specimen_source" },
  nutrition_record_table: { time: "start_time", zone: "start_zone_offset", carbs: "total_carbohydrate" },
  exercise_session_record_table: {
    time: "start_time",
    zone: "start_zone_offset",
    end: "end_time",
    exercise: "exercise_type"
  }
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** One of the tables that are read. */
export type ConnectTable = keyof typeof connectTables;

/** Android's number for a record that a person typed in. */
const entered = 3;

const fault = (code: string, message: string, column: string): RowFault => ({ code, message, column });

/** A number, also where the column has it as text. */
const numberOf = (value: SqlRow[string] | undefined): number | undefined => {
  if (value === null || value === undefined || value === "" || value instanceof Uint8Array) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
};

const contentOf = (table: ConnectTable, row: SqlRow, time: number): ConnectContent | RowFault | undefined => {
  switch (table) {
    case "blood_glucose_record_table": {
      const value = numberOf(row["level"]);
      if (value === undefined || value < 0.5 || value > 55)
        return fault("glucose-implausible", "The glucose is not a number of mmol/L from 0.5 to 55.", "level");
      const [specimen, method] = [numberOf(row["specimen"]) ?? 0, numberOf(row["method"])];
      return { kind: "glucose", value, specimen, isEntered: method === entered };
    }
    case "nutrition_record_table": {
      const grams = numberOf(row["carbs"]);
      if (grams === undefined) return undefined;
      if (grams >= 0 && grams <= 1000) return { kind: "food", grams };
      return fault("bad-amount", "The carbohydrates are not a number from 0 to 1000.", "total_carbohydrate");
    }
    case "exercise_session_record_table": {
      const end = numberOf(row["end"]);
      if (end === undefined || end < time)
        return fault("bad-time", "It has no end, or ends before it begins.", "end_time");
      return {
        kind: "exercise",
        activity: activityOfExercise(numberOf(row["exercise"]) ?? 0),
        milliseconds: end - time
      };
    }
  }
};

/** What Tidepool has nothing for. */
export interface ConnectNotMapped {
  readonly notMapped: string;
}

/** Understands a row of a table. */
export const connectRecord = (
  table: ConnectTable,
  row: SqlRow
): ConnectRecord | ConnectNotMapped | { readonly row: number; readonly fault: RowFault } => {
  const number = numberOf(row["row"]) ?? 0;
  const uuid = String(row["uuid"]);
  if (!/^[\dA-F]{32}$/u.test(uuid))
    return { row: number, fault: fault("bad-id", "It has no uuid of 16 bytes.", "uuid") };
  const time = numberOf(row["time"]);
  // The years that a datum can have.
  if (time === undefined || !(time > 0 && time < Date.UTC(9998, 0)))
    return {
      row: number,
      fault: fault("bad-time", "It has no time, or one that cannot be.", connectTables[table].time)
    };
  const content = contentOf(table, row, time);
  if (content === undefined) return { notMapped: "food without carbohydrates" };
  if ("code" in content) return { row: number, fault: content };
  const zone = numberOf(row["zone"]);
  return {
    row: number,
    uuid: uuid.toLowerCase(),
    app: typeof row["app"] === "string" ? row["app"] : "",
    time: Math.round(time),
    offset: zone === undefined || Math.abs(zone) > 64_800 ? undefined : Math.round(zone / 60) + 0,
    modified: numberOf(row["modified"]) ?? 0,
    content
  };
};
