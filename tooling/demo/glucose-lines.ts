import { type Band, type Reading, summarize, wholePercents } from "@tideway/metrics";
import type { Datum } from "@tideway/schemas";

const width = 50;

/** From the top, as on every report: the mark that fills the bar, the name, the bounds in mg/dL. */
const rows: ReadonlyArray<readonly [band: Band, mark: string, name: string, bounds: string]> = [
  ["veryHigh", "█", "very high", "over 250"],
  ["high", "▓", "high", "181–250"],
  ["target", "▒", "in range", "70–180"],
  ["low", "▓", "low", "54–69"],
  ["veryLow", "█", "very low", "under 54"]
];

const isReading = (datum: Datum): datum is Datum & Reading => datum.type === "cbg";

/** Time in range as a bar of characters for each band, with mean and variation below. */
export const glucoseLines = (datums: ReadonlyArray<Datum>): ReadonlyArray<string> => {
  const { bands, mean, cv, gmi } = summarize(datums.filter(isReading));
  const percents = wholePercents(bands);
  const number = (value: typeof mean, unit: string) =>
    typeof value === "number" ? `${value.toFixed(1)}${unit}` : value.withheld;
  return [
    ...rows.map(([band, mark, name, bounds]) => {
      const bar = mark.repeat(bands[band] > 0 ? Math.max(1, Math.round((bands[band] / 100) * width)) : 0);
      return `${name.padEnd(9)}  ${bounds.padStart(8)} mg/dL  ${percents[band].padStart(3)} %  ${bar}`;
    }),
    `mean ${number(mean, " mg/dL")}, variation ${number(cv, " %")}, GMI ${number(gmi, " %")}`
  ];
};
