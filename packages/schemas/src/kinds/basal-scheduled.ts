import { kind } from "../kind.ts";
import { int, number } from "../rule/number.ts";
import { required } from "../rule/rule.ts";
import { text } from "../rule/text.ts";
import { expectedDuration, week } from "../shared/durations.ts";
import { insulinFormulation } from "../shared/insulin-formulation.ts";
import { milliseconds, unitsPerHour } from "../shared/units.ts";

/** Basal insulin at the rate of the pump's schedule. */
export const scheduledBasal = kind(
  { type: "basal", deliveryType: "scheduled" },
  {
    duration: required(milliseconds(int({ min: 0, max: week }))),
    expectedDuration: expectedDuration(week),
    insulinFormulation,
    rate: required(unitsPerHour(number({ min: 0, max: 100 }))),
    scheduleName: text()
  }
);
