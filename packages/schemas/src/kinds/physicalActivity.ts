import { kind } from "../kind.ts";
import { measure } from "../rule/measure.ts";
import { bool, int } from "../rule/number.ts";
import { object } from "../rule/object.ts";
import { required, when } from "../rule/rule.ts";
import { oneOf, text } from "../rule/text.ts";
import { activityTypes } from "../shared/activity-types.ts";
import { energy } from "../shared/nutrition.ts";

// The platform's own constants: reckoning them here would give other last digits.
const distance = measure({
  feet: { min: 0, max: 528_000 },
  kilometers: { min: 0, max: 160.9344 },
  meters: { min: 0, max: 160_934.4 },
  miles: { min: 0, max: 100 },
  yards: { min: 0, max: 176_000 }
});
const count = (max: number) => required(int({ min: 0, max }));

/** Something done with the body. */
export const physicalActivity = kind(
  { type: "physicalActivity" },
  {
    activityType: oneOf(activityTypes),
    activityTypeOther: when(
      "allowed only where activityType is other",
      ({ activityType }) => (activityType === "other" ? "optional" : "forbidden"),
      text({ max: 100 })
    ),
    aggregate: bool(),
    distance,
    duration: measure({
      hours: { min: 0, max: 168 },
      minutes: { min: 0, max: 10_080 },
      seconds: { min: 0, max: 604_800 }
    }),
    elevationChange: measure({ feet: { min: 0, max: 52_800 }, meters: { min: 0, max: 16_093.44 } }),
    energy,
    flight: object({ count: count(10_000) }),
    lap: object({ count: count(10_000), distance: required(distance) }),
    name: text({ max: 100 }),
    reportedIntensity: oneOf(["high", "low", "medium"]),
    step: object({ count: count(100_000) })
  }
);
