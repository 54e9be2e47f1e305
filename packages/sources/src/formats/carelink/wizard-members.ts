import { type Amounts, known } from "../../records/amounts.ts";
import type { DatumMembers } from "../../records/device-record.ts";
import type { GlucoseUnits } from "../../values/glucose.ts";
import type { CarelinkColumn } from "./carelink-columns.ts";

/** The cells of a row, by what they hold. */
export interface WizardCells {
  cell(column: CarelinkColumn): string;
  nameOf(column: CarelinkColumn): string;
  readonly units: GlucoseUnits;
  readonly hasExchanges: boolean;
}

/** What a pump's calculator was given and said. 0 stands for a glucose that nobody entered. */
export const wizardMembers = (amounts: Amounts, { cell, nameOf, units, hasExchanges }: WizardCells): DatumMembers => {
  const read = (column: CarelinkColumn, most: number, least = 0): number | undefined =>
    amounts.read(cell(column), { column: nameOf(column), most, least });
  const glucose = (column: CarelinkColumn): number | undefined =>
    amounts.readPositive(cell(column), { column: nameOf(column), most: units === "mg/dL" ? 1000 : 55 });
  const [low, high] = [glucose("targetLow"), glucose("targetHigh")];
  const recommended = known({
    carb: read("foodEstimate", 100),
    correction: read("correctionEstimate", 100, -100),
    net: read("estimate", 100, -100)
  });
  return known({
    type: "wizard",
    units,
    bgInput: glucose("bgInput"),
    bgTarget: low !== undefined && high !== undefined && high >= low ? { low, high } : undefined,
    carbInput: read("carbInput", 1000),
    carbUnits: hasExchanges ? "exchanges" : undefined,
    insulinCarbRatio: amounts.readPositive(cell("carbRatio"), { column: nameOf("carbRatio"), most: 250 }),
    insulinOnBoard: read("activeInsulin", 250),
    insulinSensitivity: glucose("sensitivity"),
    recommended: Object.keys(recommended).length > 0 ? recommended : undefined
  });
};
