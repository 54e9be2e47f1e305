import { type Amounts, known } from "../../records/amounts.ts";
import type { DatumMembers } from "../../records/device-record.ts";
import type { GlucoseUnits } from "../../values/glucose.ts";

/** What a row of boluses gives: a calculation with its bolus inside, a bolus, or what was eaten with it. */
export interface GlookoBolus {
  readonly bolus: DatumMembers | undefined;
  readonly wizard: DatumMembers | undefined;
  readonly food: DatumMembers | undefined;
  /** How long the extended part took, the export does not tell. */
  readonly hasUnknownDuration: boolean;
}

/** What is lost in the sums of amounts with two decimals. */
const rounding = 0.005;

const bolusOf = (
  type: string,
  { total, initial, extended }: Readonly<Record<"total" | "initial" | "extended", number | undefined>>
): DatumMembers | undefined => {
  if (extended !== undefined && extended > 0) {
    const normal = initial ?? Math.max(0, (total ?? extended) - extended);
    // Where less was delivered than both parts were meant to be, it is the later one that was cut off.
    const rest = total !== undefined && total < normal + extended - rounding ? Math.max(0, total - normal) : extended;
    const over = { extended: rest, duration: 0, annotations: [{ code: "bolus/unknown-duration" }] };
    return normal > 0
      ? { type: "bolus", subType: "dual/square", normal, ...over }
      : { type: "bolus", subType: "square", ...over };
  }
  const normal = total ?? initial;
  if (normal === undefined) return undefined;
  const isAutomated = /auto/iu.test(type);
  if (!isAutomated) return { type: "bolus", subType: "normal", normal };
  return { type: "bolus", subType: "automated", normal, ...(normal === 0 ? { expectedNormal: 0 } : {}) };
};

/** Understands a row of boluses. Carbohydrates are told once: in the calculation, or as food where there is none. */
export const glookoBolus = (
  cells: ReadonlyArray<string>,
  {
    amounts,
    names,
    units
  }: { readonly amounts: Amounts; readonly names: ReadonlyArray<string>; readonly units: GlucoseUnits }
): GlookoBolus => {
  const read = (index: number, most: number): number | undefined =>
    amounts.read(cells[index] ?? "", { column: names[index]!, most });
  const positive = (index: number, most: number): number | undefined => read(index, most) || undefined;
  const bgInput = positive(2, units === "mg/dL" ? 1000 : 55);
  const carbs = positive(3, 1000);
  // A ratio is the grams for one unit: `10` or `1:10`.
  const ratioText = (cells[4] ?? "").replace(/^1\s*:\s*/u, "");
  const insulinCarbRatio = amounts.readPositive(ratioText, { column: names[4]!, most: 250 });
  const bolus = bolusOf(cells[1] ?? "", { total: read(5, 100), initial: read(6, 100), extended: read(7, 100) });
  const hasUnknownDuration = bolus?.["duration"] === 0;
  if (bgInput !== undefined || insulinCarbRatio !== undefined) {
    const wizard = known({ type: "wizard", units, bgInput, carbInput: carbs, insulinCarbRatio });
    return { bolus, wizard, food: undefined, hasUnknownDuration };
  }
  const food =
    carbs === undefined ? undefined : { type: "food", nutrition: { carbohydrate: { net: carbs, units: "grams" } } };
  return { bolus, wizard: undefined, food, hasUnknownDuration };
};
