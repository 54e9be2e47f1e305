import { type Amounts, known } from "../../records/amounts.ts";
import type { DatumMembers } from "../../records/device-record.ts";
import { activityIntensity, actingTypeOf } from "../../records/entered-words.ts";

interface Row {
  readonly cells: ReadonlyArray<string>;
  readonly names: ReadonlyArray<string>;
  readonly amounts: Amounts;
}

const reader =
  ({ cells, names, amounts }: Row) =>
  (index: number, most: number): number | undefined =>
    amounts.read(cells[index] ?? "", { column: names[index]!, most });

/** As much of a name as Tidepool takes. */
const nameIn = (text: string | undefined): string | undefined => [...(text ?? "")].slice(0, 100).join("") || undefined;

const carbohydrate = (net: number) => ({ net, units: "grams" });

/** Carbohydrates that somebody entered. */
export const glookoCarbs = (row: Row): DatumMembers | undefined => {
  const net = reader(row)(1, 1000);
  return net === undefined ? undefined : { type: "food", nutrition: { carbohydrate: carbohydrate(net) } };
};

/** A food that somebody entered, with what is in it. */
export const glookoFood = (row: Row): DatumMembers | undefined => {
  const read = reader(row);
  const total = (index: number) => {
    const amount = read(index, 1000);
    return amount === undefined ? undefined : { total: amount, units: "grams" };
  };
  const [net, energy] = [read(2, 1000), read(5, 10_000)];
  const nutrition = known({
    carbohydrate: net === undefined ? undefined : carbohydrate(net),
    fat: total(3),
    protein: total(4),
    energy: energy === undefined ? undefined : { value: energy, units: "kilocalories" }
  });
  if (Object.keys(nutrition).length === 0) return undefined;
  return known({ type: "food", name: nameIn(row.cells[1]), nutrition });
};

/** Insulin of a pen that somebody entered. */
export const glookoInsulin = (row: Row): DatumMembers | undefined => {
  const total = reader(row)(2, 250);
  if (total === undefined) return undefined;
  const actingType = actingTypeOf(row.cells[3] ?? "");
  const formulation = actingType === undefined ? {} : { formulation: { simple: { actingType } } };
  return { type: "insulin", dose: { total, units: "Units" }, ...formulation };
};

/** Exercise that somebody entered. */
export const glookoExercise = (row: Row): DatumMembers => {
  const read = reader(row);
  const [minutes, energy] = [read(3, 10_080), read(4, 10_000)];
  return known({
    type: "physicalActivity",
    name: nameIn(row.cells[1]),
    reportedIntensity: activityIntensity(row.cells[2] ?? ""),
    duration: minutes === undefined ? undefined : { value: minutes, units: "minutes" },
    energy: energy === undefined ? undefined : { value: energy, units: "kilocalories" }
  });
};
