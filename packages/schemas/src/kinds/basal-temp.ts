import { kind } from "../kind.ts";
import { int, number } from "../rule/number.ts";
import { required } from "../rule/rule.ts";
import { expectedDuration, week } from "../shared/durations.ts";
import { insulinFormulation } from "../shared/insulin-formulation.ts";
import { beneathTemp } from "../shared/suppressed-basal.ts";
import { milliseconds, share, unitsPerHour } from "../shared/units.ts";

/** Basal insulin at a rate that someone set for a while. */
export const tempBasal = kind(
  { type: "basal", deliveryType: "temp" },
  {
    duration: required(milliseconds(int({ min: 0, max: week }))),
    expectedDuration: expectedDuration(week),
    insulinFormulation,
    percent: share(number({ min: 0, max: 10 })),
    rate: required(unitsPerHour(number({ min: 0, max: 100 }))),
    suppressed: beneathTemp
  }
);
