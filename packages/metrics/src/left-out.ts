/** How many readings do not count, by reason. */
export interface LeftOut {
  /** Of another kind than `cbg`. */
  readonly notCgm: number;
  /** Without usable time, value or units. */
  readonly unusable: number;
  /** Later than `now`, by more than a clock may be ahead. */
  readonly future: number;
  /** From before there were devices (June 1999). */
  readonly beforeDevices: number;
  /** Few readings, a year or more away from all others: the clock of the device stood wrong. Only where no period is stated. */
  readonly apart: number;
  /** Outside of the period that was stated. */
  readonly outsidePeriod: number;
  /** Twice the same reading of one device. */
  readonly doubles: number;
}
