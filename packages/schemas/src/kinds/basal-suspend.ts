import { kind } from "../kind.ts";
import { int } from "../rule/number.ts";
import { required } from "../rule/rule.ts";
import { expectedDuration, week } from "../shared/durations.ts";
import { beneathSuspend } from "../shared/suppressed-basal.ts";
import { milliseconds } from "../shared/units.ts";

/** A time without basal insulin. */
export const suspendBasal = kind(
  { type: "basal", deliveryType: "suspend" },
  {
    duration: required(milliseconds(int({ min: 0, max: week }))),
    expectedDuration: expectedDuration(week),
    suppressed: beneathSuspend
  }
);
