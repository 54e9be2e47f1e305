import { kind } from "../kind.ts";
import { bool, int } from "../rule/number.ts";
import { absent, required, when } from "../rule/rule.ts";
import { oneOf } from "../rule/text.ts";
import { glucoseUnits, glucoseValue } from "../shared/glucose.ts";
import { trendRate, trendRateUnits } from "../shared/trend-rate.ts";
import { milliseconds } from "../shared/units.ts";

/** A reading of a continuous glucose monitor. */
export const cbg = kind(
  { type: "cbg" },
  {
    units: required(glucoseUnits()),
    value: required(glucoseValue()),
    trend: oneOf(["constant", "slowFall", "slowRise", "moderateFall", "moderateRise", "rapidFall", "rapidRise"]),
    trendRateUnits: when(
      "allowed only beside trendRate",
      ({ trendRate }) => (absent(trendRate) ? "forbidden" : "optional"),
      trendRateUnits
    ),
    trendRate,
    sampleInterval: milliseconds(int({ min: 0, max: 86_400_000 })),
    backfilled: bool()
  },
  { units: ({ units }) => units }
);
