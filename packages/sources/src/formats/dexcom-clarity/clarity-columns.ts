import { type GlucoseUnits, unitsIn } from "../../values/glucose.ts";

/** Where the cells of a Clarity export stand. */
export interface ClarityColumns {
  readonly timestamp: number;
  readonly type: number;
  readonly subtype: number;
  readonly deviceInfo: number;
  readonly sourceDevice: number;
  readonly glucose: number;
  readonly insulin: number;
  readonly carbs: number;
  readonly duration: number;
  readonly rate: number;
  readonly ticks: number;
  /** Exports before 2021 do not have it. */
  readonly transmitter: number | undefined;
  /** How many there are. */
  readonly count: number;
  readonly units: GlucoseUnits;
}

const english = {
  timestamp: /^timestamp/iu,
  type: /^event type$/iu,
  subtype: /^event subtype$/iu,
  deviceInfo: /^device info$/iu,
  sourceDevice: /^source device id$/iu,
  glucose: /^glucose value/iu,
  insulin: /^insulin value/iu,
  carbs: /^carb value/iu,
  duration: /^duration/iu,
  rate: /^glucose rate of change/iu,
  ticks: /^transmitter time/iu
};

const inOrder = {
  timestamp: 1,
  type: 2,
  subtype: 3,
  deviceInfo: 5,
  sourceDevice: 6,
  glucose: 7,
  insulin: 8,
  carbs: 9,
  duration: 10,
  rate: 11,
  ticks: 12
};

/** The cells up to the last one that is not empty: spreadsheets add some. */
export const widthOf = (cells: ReadonlyArray<string>): number => {
  let width = cells.length;
  while (width > 0 && cells[width - 1]!.trim() === "") width--;
  return width;
};

/**
 * The columns that a row of headings names, or `undefined` where it is another row. Headings come in the account's language;
 * then their order tells, and the units that are the same in every language.
 */
export const clarityColumns = (cells: ReadonlyArray<string>): ClarityColumns | undefined => {
  // Of nearly all rows the first look at their number or their time is enough.
  if (/^\d/u.test(cells[0] ?? "") || /^\d/u.test(cells[1] ?? "")) return undefined;
  const count = widthOf(cells);
  if (count < 13) return undefined;
  const named = Object.entries(english).map(([name, pattern]) => [
    name,
    cells.findIndex((cell) => pattern.test(cell.trim()))
  ]);
  if (named.every(([, index]) => Number(index) >= 0)) {
    const columns = Object.fromEntries(named) as typeof inOrder;
    const units = unitsIn(cells[columns.glucose]!);
    const transmitter = cells.findIndex((cell) => /^transmitter id$/iu.test(cell.trim()));
    return units && { ...columns, transmitter: transmitter < 0 ? undefined : transmitter, count, units };
  }
  const units = unitsIn(cells[inOrder.glucose]!);
  const hasRate = /\/\s*(?:min|мин|хв|分)/iu.test(cells[inOrder.rate]!) && unitsIn(cells[inOrder.rate]!) === units;
  if (!units || !hasRate || count > 14 || !/hh:mm|\(.*:.*:.*\)/iu.test(cells[inOrder.timestamp]!)) return undefined;
  return { ...inOrder, transmitter: count === 14 ? 13 : undefined, count, units };
};
