import { kind } from "../kind.ts";
import { int, number } from "../rule/number.ts";
import { required } from "../rule/rule.ts";
import { text } from "../rule/text.ts";
import { expectedDuration, week } from "../shared/durations.ts";
import { insulinFormulation } from "../shared/insulin-formulation.ts";
import { beneathAutomated } from "../shared/suppressed-basal.ts";
import { milliseconds, unitsPerHour } from "../shared/units.ts";

/** Basal insulin at a rate that an algorithm set. */
export const automatedBasal = kind(
  { type: "basal", deliveryType: "automated" },
  {
    duration: required(milliseconds(int({ min: 0, max: week }))),
    expectedDuration: expectedDuration(week),
    insulinFormulation,
    rate: required(unitsPerHour(number({ min: 0, max: 100 }))),
    scheduleName: text({ max: 1000 }),
    suppressed: beneathAutomated
  }
);
