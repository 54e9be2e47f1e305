import { kind } from "../kind.ts";
import { int, number } from "../rule/number.ts";
import { isObject, object } from "../rule/object.ts";
import { absent, exactlyWhen, required } from "../rule/rule.ts";
import { oneOf, text } from "../rule/text.ts";
import { expectedDuration, week } from "../shared/durations.ts";
import { glucoseTarget } from "../shared/glucose-target.ts";
import { glucoseUnits } from "../shared/glucose.ts";
import { milliseconds } from "../shared/units.ts";

const scaleFactor = number({ min: 0.1, max: 10 });

/** Pump settings overridden for a while. */
export const pumpSettingsOverrideEvent = kind(
  { type: "deviceEvent", subType: "pumpSettingsOverride" },
  {
    overrideType: required(oneOf(["custom", "physicalActivity", "preprandial", "preset", "sleep"])),
    overridePreset: exactlyWhen(
      "overrideType is preset",
      ({ overrideType }) => overrideType === "preset",
      text({ max: 100 })
    ),
    method: oneOf(["automatic", "manual"]),
    duration: milliseconds(int({ min: 0, max: week })),
    expectedDuration: expectedDuration(week),
    bgTarget: glucoseTarget,
    basalRateScaleFactor: scaleFactor,
    carbRatioScaleFactor: scaleFactor,
    insulinSensitivityScaleFactor: scaleFactor,
    units: exactlyWhen(
      "bgTarget is given",
      ({ bgTarget }) => !absent(bgTarget),
      object({ bg: required(glucoseUnits()) })
    )
  },
  { units: ({ units }) => (isObject(units) ? units["bg"] : undefined) }
);
