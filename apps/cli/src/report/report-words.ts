import { formatGlucoseIn, formatTime } from "@tideway/charts";
import type { Withheld } from "@tideway/metrics";
import { number } from "../output/in-words.ts";
import type { ReportFacts } from "./report-facts.ts";

/** A number of a report with its name, and what is aimed at, where the consensus says that. */
export interface Figure {
  readonly name: string;
  readonly text: string;
  readonly goal: string;
}

const told = (value: number | Withheld, format: (value: number) => string): string =>
  typeof value === "number" ? format(value) : "–";

const percent = (digits: number) => (value: number) => `${value.toFixed(digits)} %`;

/** The days of a report: `1 Mar 2026 to 14 Mar 2026, 14 days`. */
export const periodInWords = ({ period, offsetAt, midnights }: ReportFacts): string =>
  `${formatTime(period.from, offsetAt, "date")} to ${formatTime(period.to - 1, offsetAt, "date")}, ${midnights.length === 1 ? "1 day" : `${midnights.length} days`}`;

/** The numbers of a report, in the order of the AGP sheet. One that would mislead is a dash. */
export const figuresOf = ({ summary, unit }: ReportFacts): ReadonlyArray<Figure> => {
  const { days, sensorActive, mean, gmi, cv, sd, gri, tightRange, count } = summary;
  const glucose = (value: number) => formatGlucoseIn(value, unit);
  return [
    { name: "Days with readings", text: `${number(days)} (${number(count)} readings)`, goal: "14" },
    { name: "Time sensor was active", text: percent(0)(Math.floor(sensorActive)), goal: "at least 70 %" },
    { name: "Mean glucose", text: told(mean, glucose), goal: "" },
    { name: "Glucose management indicator (GMI)", text: told(gmi, percent(1)), goal: "" },
    { name: "Coefficient of variation (CV)", text: told(cv, percent(1)), goal: "at most 36 %" },
    { name: "Standard deviation (SD)", text: told(sd, glucose), goal: "" },
    { name: "Time in tight range, 70–140 mg/dL", text: told(tightRange, percent(0)), goal: "" },
    { name: "Glycemia risk index (GRI)", text: told(gri, (value) => value.toFixed(0)), goal: "" }
  ];
};

/** Why numbers or the profile are not shown, each reason once. */
export const withheldReasons = ({ summary, profile }: ReportFacts): ReadonlyArray<string> => {
  const { mean, gmi, cv, sd, gri } = summary;
  const reasons = [mean, gmi, cv, sd, gri, profile].flatMap((value) =>
    typeof value === "object" && "withheld" in value ? [value.withheld] : []
  );
  return [...new Set(reasons)];
};
