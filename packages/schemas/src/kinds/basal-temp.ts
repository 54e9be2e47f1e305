import { kind } from "../kind.ts";
import { int, number } from "../rule/number.ts";
import { required } from "../rule/rule.ts";
import { expectedDuration, week } from "../shared/durations.ts";
import { insulinFormulation } from "../shared/insulin-formulation.ts";
import { beneathTemp } from "../shared/suppressed-basal.ts";

/** Basal insulin at a rate that someone set for a while. */
export const tempBasal = kind(
  { type: "basal", deliveryType: "temp" },
  {
    duration: required(int({ min: 0, max: week })),
    expectedDuration: expectedDuration(week),
    insulinFormulation,
    percent: number({ min: 0, max: 10 }),
    rate: required(number({ min: 0, max: 100 })),
    suppressed: beneathTemp
  }
);
