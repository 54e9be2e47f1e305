import { kind } from "../kind.ts";
import { metadata } from "../rule/metadata.ts";
import { int } from "../rule/number.ts";
import { required } from "../rule/rule.ts";
import { oneOf } from "../rule/text.ts";
import { expectedDuration } from "../shared/durations.ts";

/** Insulin delivery suspended or resumed. */
export const statusEvent = kind(
  { type: "deviceEvent", subType: "status" },
  {
    duration: int({ min: 0 }),
    expectedDuration: expectedDuration(),
    status: required(oneOf(["resumed", "suspended"])),
    reason: required(metadata())
  }
);
