import { toMgdl } from "@tideway/schemas";
import { type Fields, numberIn, textIn } from "./document.ts";

/** Milliseconds: apps write one check with a meter as an entry and as a treatment. */
const tolerance = 60_000;

/** A check with a meter that was entered with a treatment. */
export type MeterCheck =
  | { readonly units: "mg/dL" | "mmol/L"; readonly value: number; readonly isAssumed: boolean }
  | { readonly notMapped: string };

/**
 * The glucose of a treatment. `undefined`: none, or that of a sensor, which the entries have. Without units, a value below
 * 33.3 is mmol/L: nobody measures 5.5 mg/dL.
 */
export const meterCheckOf = (fields: Fields): MeterCheck | undefined => {
  const value = numberIn(fields["glucose"]) ?? numberIn(fields["mbg"]);
  if (value === undefined || value === 0) return undefined;
  const type = textIn(fields["glucoseType"]);
  const isCheck = /^(?:BG Check|Sensor Calibration|Calibration)$/u.test(String(fields["eventType"]));
  if (type === "Sensor" || (!isCheck && type !== "Finger")) {
    return { notMapped: "glucose of a sensor that was noted with a treatment" };
  }
  const named = textIn(fields["units"])?.toLowerCase();
  if (named?.startsWith("mmol")) return { units: "mmol/L", value, isAssumed: false };
  if (named?.startsWith("mg")) return { units: "mg/dL", value, isAssumed: false };
  return { units: value < 33.3 ? "mmol/L" : "mg/dL", value, isAssumed: true };
};

/** Checks with a meter that are known from entries: the same from a treatment is no other one. */
export class MeterEntries {
  private readonly all: Array<{ readonly time: number; readonly value: number }> = [];

  add(time: number, value: number): void {
    this.all.push({ time, value });
  }

  settle(): void {
    this.all.sort((a, b) => a.time - b.time);
  }

  has(time: number, { units, value }: Extract<MeterCheck, { value: number }>): boolean {
    const mgdl = units === "mg/dL" ? value : toMgdl(value);
    let low = 0;
    let high = this.all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.all[middle]!.time < time - tolerance) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < this.all.length && this.all[at]!.time <= time + tolerance; at++) {
      if (Math.abs(this.all[at]!.value - mgdl) <= 1) return true;
    }
    return false;
  }
}
