import type { RowFault } from "../row-fault.ts";
import { type DecimalMark, readNumber } from "../values/read-number.ts";

/** Numbers of one row, with what is wrong with them. */
export class Amounts {
  readonly faults: Array<RowFault> = [];
  private readonly decimal: DecimalMark | undefined;

  constructor(decimal: DecimalMark | undefined) {
    this.decimal = decimal;
  }

  /** A number from `least` to `most`; `undefined` where the cell is blank, or is none: that is a fault. */
  read(
    text: string,
    { column, most, least = 0 }: { readonly column: string; readonly most: number; readonly least?: number }
  ): number | undefined {
    const value = readNumber(text, this.decimal);
    if (value === undefined || (value >= least && value <= most)) return value;
    this.faults.push({ code: "bad-amount", message: `It is not a number from ${least} to ${most}.`, column });
    return undefined;
  }

  /** The same, where 0 says that nothing was entered. */
  readPositive(text: string, limits: { readonly column: string; readonly most: number }): number | undefined {
    const value = this.read(text, limits);
    return value === 0 ? undefined : value;
  }
}

/** Members without those that are undefined: what is not known is left out. */
export const known = <T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;

/** A rate or an amount that was reckoned, without the last digits that are no one's. */
export const rounded = (amount: number): number => Math.round(amount * 1e6) / 1e6;
