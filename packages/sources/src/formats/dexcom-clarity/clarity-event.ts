import type { DateOrder } from "../../need.ts";
import type { RowFault } from "../../row-fault.ts";
import { readMoment } from "../../time/read-moment.ts";
import type { WallTime } from "../../time/zone-clock.ts";
import { type Glucose, glucoseRules, type GlucoseUnits, outOfRangeWord, readGlucose } from "../../values/glucose.ts";
import { type DecimalMark, readNumber } from "../../values/read-number.ts";
import type { ClarityColumns } from "./clarity-columns.ts";
import { type ClarityKind, clarityKind, healthState, type HealthState } from "./clarity-words.ts";

/** What Dexcom's sensors measure, in mg/dL. */
export const dexcomRange = { low: 40, high: 400 };

/** What all events of Clarity say. */
interface Told {
  readonly wall: WallTime;
  readonly subtype: string;
  readonly sourceDevice: string;
  readonly transmitter: string | undefined;
  /** Seconds since the transmitter was started. */
  readonly ticks: number | undefined;
}

/** An event of Clarity, understood. */
export type ClarityEvent = Told &
  (
    | { readonly kind: "egv" | "calibration"; readonly glucose: Glucose; readonly rate: number | undefined }
    | { readonly kind: "insulin"; readonly units: number }
    | { readonly kind: "carbs"; readonly grams: number }
    | { readonly kind: "exercise"; readonly seconds: number }
    | { readonly kind: "health"; readonly state: HealthState }
  );

/** Why a row with a time is no event. */
export interface ClarityFault {
  readonly fault: RowFault;
  /** A number that cannot be glucose in these units: perhaps it is in the others. */
  readonly implausible?: number;
}

/** How the cells of a file are written. */
export interface ClarityWriting {
  readonly columns: ClarityColumns;
  readonly units: GlucoseUnits;
  readonly decimal: DecimalMark;
  /** Of dates that a spreadsheet has written; Clarity's own have the year first. */
  readonly order: DateOrder;
}

const fault = (code: string, column: string, message: string): RowFault => ({ code, column, message });

/** Ids of newer sensors have twelve digits, of which a spreadsheet leaves six and an exponent, or drops the zeros before. */
const shortened = /^\d(?:[.,]\d+)?E\+?\d+$/iu;
const withoutZeros = (id: string): string => id.trim().replace(/^0+(?=\d)/u, "");

const secondsOf = (text: string): number | undefined => {
  const match = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{2})$/u.exec(text.trim());
  return match ? Number(match[1] ?? 0) * 3600 + Number(match[2]) * 60 + Number(match[3]) : undefined;
};

/** What a row with a time says; a fault where it should have said more; the kind alone where Tidepool knows nothing like it. */
export const clarityEvent = (
  cells: ReadonlyArray<string>,
  { columns, units, decimal, order }: ClarityWriting
): ClarityEvent | ClarityFault | { readonly unknown: ClarityKind } => {
  const cell = (index: number | undefined): string => (index === undefined ? "" : (cells[index] ?? "").trim());
  const wall = readMoment(cell(columns.timestamp), order);
  if (wall === undefined) {
    return {
      fault: fault("bad-time", "Timestamp", "The time is not written as YYYY-MM-DDThh:mm:ss, or does not exist.")
    };
  }
  const [insulin, carbs, duration, ticksText, glucoseText] = [
    cell(columns.insulin),
    cell(columns.carbs),
    cell(columns.duration),
    cell(columns.ticks),
    cell(columns.glucose)
  ];
  const transmitterText = cell(columns.transmitter);
  if (shortened.test(transmitterText) || shortened.test(ticksText)) {
    const message =
      "A spreadsheet has shortened a long number: what is left does not tell sensors apart. Export from Clarity again, and give that file unopened.";
    return { fault: fault("shortened-number", "Transmitter ID", message) };
  }
  const ticks = readNumber(ticksText, decimal);
  if (ticks !== undefined && !(Number.isSafeInteger(ticks) && ticks >= 0)) {
    return { fault: fault("bad-number", "Transmitter Time", "The transmitter time is not a whole number of seconds.") };
  }
  const subtype = cell(columns.subtype);
  const told: Told = {
    wall,
    subtype,
    sourceDevice: cell(columns.sourceDevice),
    transmitter: transmitterText === "" ? undefined : withoutZeros(transmitterText),
    ticks
  };
  const kind = clarityKind(cell(columns.type), {
    insulin: insulin !== "",
    carbs: carbs !== "",
    duration: duration !== "",
    ticks: ticksText !== "",
    glucose: glucoseText !== ""
  });
  if (kind === "egv" || kind === "calibration") {
    const text = glucoseText === "" && outOfRangeWord(subtype) ? subtype : glucoseText;
    const glucose = readGlucose(text, { units, range: dexcomRange, decimal });
    if (typeof glucose === "string") {
      const implausible = glucose === "implausible" ? { implausible: readNumber(text, decimal)! } : {};
      return { fault: fault(`glucose-${glucose}`, "Glucose Value", glucoseRules[glucose]), ...implausible };
    }
    const rate = readNumber(cell(columns.rate), decimal);
    const limit = units === "mg/dL" ? 100 : 5.5;
    const hasRate = rate !== undefined && Math.abs(rate) <= limit;
    return { ...told, kind, glucose, rate: hasRate ? rate : undefined };
  }
  if (kind === "insulin") {
    const amount = readNumber(insulin, decimal);
    if (amount !== undefined && amount >= 0 && amount <= 250) return { ...told, kind, units: amount };
    return { fault: fault("bad-amount", "Insulin Value", "The insulin is not a number of units from 0 to 250.") };
  }
  if (kind === "carbs") {
    const amount = readNumber(carbs, decimal);
    if (amount !== undefined && amount >= 0 && amount <= 1000) return { ...told, kind, grams: amount };
    return { fault: fault("bad-amount", "Carb Value", "The carbohydrates are not a number of grams from 0 to 1,000.") };
  }
  if (kind === "exercise") {
    const seconds = secondsOf(duration);
    if (seconds !== undefined && seconds <= 604_800) return { ...told, kind, seconds };
    return {
      fault: fault("bad-duration", "Duration", "The duration is not written as hh:mm:ss, or is longer than a week.")
    };
  }
  const state = kind === "health" ? healthState(subtype) : undefined;
  return kind === "health" && state ? { ...told, kind, state } : { unknown: kind };
};
