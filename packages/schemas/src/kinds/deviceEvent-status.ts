import { kind } from "../kind.ts";
import { metadata } from "../rule/metadata.ts";
import { int } from "../rule/number.ts";
import { required } from "../rule/rule.ts";
import { oneOf } from "../rule/text.ts";
import { expectedDuration } from "../shared/durations.ts";
import { milliseconds } from "../shared/units.ts";

/** Insulin delivery suspended or resumed. */
export const statusEvent = kind(
  { type: "deviceEvent", subType: "status" },
  {
    duration: milliseconds(int({ min: 0 })),
    expectedDuration: expectedDuration(),
    status: required(oneOf(["resumed", "suspended"])),
    reason: required(metadata())
  }
);
