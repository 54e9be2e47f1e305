import { toMgdl } from "@tideway/schemas";

/** So many readings at a limit are no chance. */
const fewest = 3;
/** As near to the limit as that, in mg/dL: two steps of either units. */
const near = 4;

/** The limits of what a sensor measures, in mg/dL. */
export interface Limits {
  readonly low: number;
  readonly high: number;
}

/**
 * Whether a sensor's readings stop at a limit: where many lie on it and few right beside it, those on it were beyond. A
 * single reading on it may be a true one.
 */
export class ClampedReadings {
  private readonly limits: Limits;
  private readonly at = { low: 0, high: 0 };
  private readonly beside = { low: 0, high: 0 };
  private readonly beyond = { low: 0, high: 0 };

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** The limit that a reading lies on. */
  sideOf({ value, units }: { readonly value: number; readonly units: unknown }): "low" | "high" | undefined {
    const mgdl = units === "mmol/L" ? toMgdl(value) : value;
    // One decimal of mmol/L is 1.8 mg/dL.
    const tolerance = units === "mmol/L" ? 0.9 : 0;
    if (Math.abs(mgdl - this.limits.low) <= tolerance) return "low";
    return Math.abs(mgdl - this.limits.high) <= tolerance ? "high" : undefined;
  }

  add(reading: { readonly value: number; readonly units: unknown }): void {
    const side = this.sideOf(reading);
    if (side) {
      this.at[side]++;
      return;
    }
    const { low, high } = this.limits;
    const mgdl = reading.units === "mmol/L" ? toMgdl(reading.value) : reading.value;
    if (mgdl < low) this.beyond.low++;
    else if (mgdl > high) this.beyond.high++;
    else if (mgdl <= low + near) this.beside.low++;
    else if (mgdl >= high - near) this.beside.high++;
  }

  /** Whether readings on that limit were beyond it. */
  isCertain(side: "low" | "high"): boolean {
    return this.beyond[side] === 0 && this.at[side] >= fewest && this.at[side] > this.beside[side];
  }

  /** The annotation of a reading that was beyond what the sensor measures. */
  annotationOf(reading: { readonly value: number; readonly units: unknown }): ReadonlyArray<object> | undefined {
    const side = this.sideOf(reading);
    if (side === undefined || !this.isCertain(side)) return undefined;
    return [{ code: "bg/out-of-range", value: side, threshold: this.limits[side] }];
  }
}
