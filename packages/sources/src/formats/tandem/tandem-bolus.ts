import { type Amounts, known } from "../../records/amounts.ts";
import type { DatumMembers } from "../../records/device-record.ts";
import type { WallTime } from "../../time/zone-clock.ts";
import type { GlucoseUnits } from "../../values/glucose.ts";

/** A row of boluses, by the names of its columns. */
export interface BolusCells {
  cell(name: string): string;
  amount(name: string, most: number): number | undefined;
  moment(name: string): WallTime | undefined;
  readonly amounts: Amounts;
  readonly units: GlucoseUnits;
}

/** What a row of boluses gives: a calculation with its bolus inside, a bolus, or what was eaten with it. */
export interface TandemBolus {
  readonly bolus: DatumMembers | undefined;
  readonly wizard: DatumMembers | undefined;
  readonly food: DatumMembers | undefined;
  /** An extended bolus of which the later part is not told. */
  readonly isExtendedUnknown: boolean;
}

const minute = 60_000;
const day = 86_400_000;
/** What is lost in amounts with two decimals. */
const rounding = 0.005;

const hundredths = (amount: number): number => Math.round(amount * 1e4) / 1e4;

/**
 * What was given at once. `Insulin Delivered` is the sum of both parts in some exports and the first part alone in others: the
 * share that was to be given at once tells which.
 */
const atOnce = (
  delivered: number,
  {
    extended,
    planned,
    share
  }: { readonly extended: number; readonly planned: number; readonly share: number | undefined }
): number => {
  const rest = Math.max(0, hundredths(delivered - extended));
  if (delivered - extended < -rounding) return delivered;
  if (share === undefined || delivered === 0 || planned === 0) return rest;
  // The later part may have been ended early: what was meant shows the share.
  const asSum = Math.abs(rest / (rest + planned) - share);
  const asFirst = Math.abs(delivered / (delivered + planned) - share);
  return asFirst < asSum ? delivered : rest;
};

const extendedPart = (row: BolusCells, extended: number): DatumMembers | Readonly<Record<string, unknown>> => {
  const planned = Math.min((row.amount("duration", 1440) ?? 0) * minute, day);
  const [begin, end] = [row.moment("bolexstartdatetime"), row.moment("bolexcompletiondatetime")];
  const size = row.amount("bolexsize", 100);
  const expected = size !== undefined && size > extended + rounding ? size : undefined;
  const took =
    begin !== undefined && end !== undefined && end >= begin && end - begin <= day
      ? end - begin
      : expected === undefined
        ? planned
        : Math.round((planned * extended) / expected);
  if (expected === undefined) return { extended, duration: took };
  return {
    extended,
    duration: took,
    expectedExtended: expected,
    expectedDuration: Math.max(planned, took)
  };
};

const bolusOf = (row: BolusCells, delivered: number | undefined): DatumMembers | undefined => {
  const method = `${row.cell("bolusdeliverymethod")} ${row.cell("bolustype")} ${row.cell("description")} ${row.cell("bolusrequestoptions")}`;
  const percent = row.amount("standardpercent", 100);
  const share = percent === undefined ? undefined : percent / 100;
  const extended = row.amount("bolexinsulindelivered", 100);
  const requested = row.amount("actualtotalbolusrequested", 200);
  const isExtended = extended !== undefined && (extended > 0 || row.cell("bolexcompletiondatetime") !== "");
  if (isExtended) {
    const planned = Math.max(extended, row.amount("bolexsize", 100) ?? 0);
    const normal = atOnce(delivered ?? 0, { extended, planned, share });
    const over = extendedPart(row, extended);
    return normal > rounding
      ? { type: "bolus", subType: "dual/square", normal, ...over }
      : { type: "bolus", subType: "square", ...over };
  }
  if (delivered === undefined) return undefined;
  // What is left out of the first part of an extended bolus was meant for later.
  const wanted = requested === undefined ? undefined : hundredths(requested * (share ?? 1));
  const expectedNormal = wanted !== undefined && wanted <= 100 && wanted > delivered + rounding ? wanted : undefined;
  if (/auto/iu.test(method)) {
    const needed = delivered === 0 ? (expectedNormal ?? 0) : expectedNormal;
    return known({ type: "bolus", subType: "automated", normal: delivered, expectedNormal: needed });
  }
  return known({ type: "bolus", subType: "normal", normal: delivered, expectedNormal });
};

/** `CF 1:30 - Carb Ratio 1:6 - Target BG 110`, which t:connect has in one of its last columns. */
const ratioIn = (text: string): string | undefined => /carb ratio 1:([\d.]+)/iu.exec(text)?.[1];

/** Understands a row of boluses. 0 stands for what nobody entered; carbohydrates are told once. */
export const tandemBolus = (row: BolusCells, wholeRow: string): TandemBolus => {
  const { amounts, units } = row;
  const positive = (name: string, most: number): number | undefined => row.amount(name, most) || undefined;
  const glucose = units === "mg/dL" ? 1000 : 55;
  const delivered = row.amount("insulindelivered", 100);
  const bolus = bolusOf(row, delivered);
  const carbs = positive("carbsize", 1000);
  const target = positive("targetbg", glucose);
  const told = ratioIn(wholeRow);
  const calculation = known({
    bgInput: positive("bg", glucose),
    bgTarget: target === undefined ? undefined : { target },
    insulinSensitivity: positive("correctionfactor", glucose),
    insulinCarbRatio:
      positive("carbratio", 250) ??
      (told === undefined ? undefined : amounts.readPositive(told, { column: "Carb Ratio", most: 250 }))
  });
  const recommended = known({
    carb: row.amount("foodbolussize", 100),
    correction: row.amount("correctionbolussize", 100)
  });
  const method = `${row.cell("bolusdeliverymethod")} ${row.cell("bolusrequestoptions")}`;
  const share = row.amount("standardpercent", 100);
  const isExtendedUnknown =
    /extend/iu.test(method) && share !== undefined && share < 100 && row.cell("bolexinsulindelivered") === "";
  const isAutomated = bolus?.["subType"] === "automated";
  if (!isAutomated && Object.keys(calculation).length > 0) {
    const wizard = known({
      type: "wizard",
      units,
      ...calculation,
      carbInput: carbs,
      insulinOnBoard: row.amount("iob", 250),
      recommended: Object.keys(recommended).length > 0 ? recommended : undefined
    });
    return { bolus, wizard, food: undefined, isExtendedUnknown };
  }
  const food =
    carbs === undefined ? undefined : { type: "food", nutrition: { carbohydrate: { net: carbs, units: "grams" } } };
  return { bolus, wizard: undefined, food, isExtendedUnknown };
};
