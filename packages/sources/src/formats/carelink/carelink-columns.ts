import { filledWidth } from "../../records/sound-rows.ts";
import { type GlucoseUnits, unitsIn } from "../../values/glucose.ts";

const english = {
  index: /^index$/iu,
  date: /^date$/iu,
  time: /^time$/iu,
  newDeviceTime: /^new device time$/iu,
  bg: /^bg reading/iu,
  meter: /^linked bg meter id/iu,
  basalRate: /^basal rate/iu,
  tempAmount: /^temp basal amount/iu,
  tempType: /^temp basal type/iu,
  tempDuration: /^temp basal duration/iu,
  bolusType: /^bolus type/iu,
  selected: /^bolus volume selected/iu,
  delivered: /^bolus volume delivered/iu,
  bolusDuration: /^(?:programmed )?bolus duration/iu,
  primeType: /^prime type/iu,
  primeVolume: /^prime volume/iu,
  alarm: /^(?:alarm|alert)$/iu,
  suspend: /^suspend$/iu,
  rewind: /^rewind$/iu,
  estimate: /^bwz estimate/iu,
  targetHigh: /^bwz target high/iu,
  targetLow: /^bwz target low/iu,
  carbRatio: /^bwz carb ratio/iu,
  sensitivity: /^bwz insulin sensitivity/iu,
  carbInput: /^bwz carb input/iu,
  bgInput: /^bwz bg(?:\/sg)? input/iu,
  correctionEstimate: /^bwz correction estimate/iu,
  foodEstimate: /^bwz food estimate/iu,
  activeInsulin: /^bwz active insulin/iu,
  status: /^bwz status/iu,
  calibration: /^sensor calibration bg/iu,
  sensorGlucose: /^sensor glucose/iu,
  isig: /^isig/iu,
  marker: /^event marker/iu,
  bolusNumber: /^bolus number/iu,
  bolusSource: /^bolus source/iu,
  rejected: /^sensor calibration rejected/iu,
  sensorException: /^sensor exception/iu,
  rawType: /^raw-type$/iu,
  rawId: /^raw-id$/iu
} as const;

/** What a column holds. */
export type CarelinkColumn = keyof typeof english;

/** Where the columns stand since 2018, whatever the language of their headings: newer files have more behind these. */
const positions: Readonly<Partial<Record<CarelinkColumn, number>>> = {
  index: 0,
  date: 1,
  time: 2,
  newDeviceTime: 3,
  bg: 4,
  meter: 5,
  basalRate: 6,
  tempAmount: 7,
  tempType: 8,
  tempDuration: 9,
  bolusType: 10,
  selected: 11,
  delivered: 12,
  bolusDuration: 13,
  primeType: 14,
  primeVolume: 15,
  alarm: 16,
  suspend: 17,
  rewind: 18,
  estimate: 19,
  targetHigh: 20,
  targetLow: 21,
  carbRatio: 22,
  sensitivity: 23,
  carbInput: 24,
  bgInput: 25,
  correctionEstimate: 26,
  foodEstimate: 27,
  activeInsulin: 28,
  status: 29,
  calibration: 30,
  sensorGlucose: 31,
  isig: 32,
  marker: 33,
  bolusNumber: 34,
  rejected: 40,
  bolusSource: 42,
  sensorException: 46
};

/** What a row of headings tells: it holds for its section. */
export interface CarelinkColumns {
  readonly at: Readonly<Partial<Record<CarelinkColumn, number>>>;
  /** As the file names them: for problems. */
  readonly names: ReadonlyArray<string>;
  readonly units: GlucoseUnits;
  /** The ratio of the calculator is in exchanges, not in grams. */
  readonly hasExchanges: boolean;
}

const columnsOf = (cells: ReadonlyArray<string>, at: CarelinkColumns["at"]): CarelinkColumns | undefined => {
  const names = cells.slice(0, filledWidth(cells)).map((cell) => cell.trim());
  const units = unitsIn(names[at.sensorGlucose!] ?? "");
  const hasExchanges = /exch/iu.test(names[at.carbRatio ?? -1] ?? "");
  return units && { at, names, units, hasExchanges };
};

/** The columns that a row of headings names, or `undefined` where it is another row. */
export const carelinkColumns = (cells: ReadonlyArray<string>): CarelinkColumns | undefined => {
  if (cells.length < 10 || /^\d/u.test(cells[1]!.trim())) return undefined;
  const found = Object.entries(english).flatMap(([name, pattern]) => {
    const index = cells.findIndex((cell) => pattern.test(cell.trim()));
    return index < 0 ? [] : [[name, index] as const];
  });
  const at: CarelinkColumns["at"] = Object.fromEntries(found);
  if (at.date !== undefined && at.time !== undefined && at.sensorGlucose !== undefined) return columnsOf(cells, at);
  // In another language, the units are where they have to be.
  const units = unitsIn(cells[positions.sensorGlucose!] ?? "");
  const others = [positions.bg, positions.targetHigh, positions.targetLow, positions.bgInput, positions.calibration];
  if (!units || cells.length < 43 || others.some((index) => unitsIn(cells[index!] ?? "") !== units)) return undefined;
  return columnsOf(cells, positions);
};
