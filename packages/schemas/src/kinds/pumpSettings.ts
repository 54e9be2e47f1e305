import type * as z from "zod/mini";
import { kind } from "../kind.ts";
import { durationIn, measure } from "../rule/measure.ts";
import { named } from "../rule/named.ts";
import { bool, int, number } from "../rule/number.ts";
import { isObject, object } from "../rule/object.ts";
import { type Part, absent, required, when } from "../rule/rule.ts";
import { oneOf, text } from "../rule/text.ts";
import { deviceParts } from "../shared/device.ts";
import { week } from "../shared/durations.ts";
import { glucoseTarget } from "../shared/glucose-target.ts";
import { glucoseUnits, glucoseValue } from "../shared/glucose.ts";
import { insulinFormulation } from "../shared/insulin-formulation.ts";
import { insulinModel } from "../shared/insulin-model.ts";
import { basalSchedule, carbRatioSchedule, sensitivitySchedule, targetSchedule } from "../shared/schedule.ts";
import { milliseconds, minutes } from "../shared/units.ts";

/** Schedules by name; only where the one schedule without a name is not given. */
const insteadOf = <Z extends z.ZodMiniType>(single: string, schedule: Part<Z>) =>
  when(
    `forbidden beside ${single}`,
    (members) => (absent(members[single]) ? "optional" : "forbidden"),
    named(schedule)
  );

const actionTimes = { hours: { min: 0, max: 10 }, minutes: { min: 0, max: 600 }, seconds: { min: 0, max: 36_000 } };
const scaleFactor = number({ min: 0.1, max: 10 });

const bolus = object({
  amountMaximum: measure({ Units: { min: 0, max: 100 } }),
  calculator: object({
    enabled: required(bool()),
    insulin: durationIn(actionTimes)
  }),
  extended: object({ enabled: required(bool()) })
});

const overridePreset = object({
  abbreviation: text({ max: 100 }),
  duration: milliseconds(int({ min: 0, max: week })),
  bgTarget: glucoseTarget,
  basalRateScaleFactor: scaleFactor,
  carbRatioScaleFactor: scaleFactor,
  insulinSensitivityScaleFactor: scaleFactor
});

const { firmwareVersion, hardwareVersion, manufacturers, model, name, serialNumber, softwareVersion } = deviceParts;

/** What a pump is set to. Nothing says that the active schedule has to be among the schedules. */
export const pumpSettings = kind(
  { type: "pumpSettings" },
  {
    activeSchedule: required(text()),
    automatedDelivery: bool(),
    basal: object({
      rateMaximum: measure({ "Units/hour": { min: 0, max: 100 } }),
      temporary: object({ type: required(oneOf(["off", "percent", "Units/hour"])) })
    }),
    basalSchedule,
    basalSchedules: insteadOf("basalSchedule", basalSchedule),
    // Without units there is no range.
    bgSafetyLimit: glucoseValue({}),
    bgTargetPhysicalActivity: glucoseTarget,
    bgTargetPreprandial: glucoseTarget,
    bgTarget: targetSchedule,
    bgTargets: insteadOf("bgTarget", targetSchedule),
    bolus,
    carbRatio: carbRatioSchedule,
    carbRatios: insteadOf("carbRatio", carbRatioSchedule),
    display: object({ bloodGlucose: object({ units: required(oneOf(["mg/dL", "mmol/L"])) }) }),
    firmwareVersion,
    hardwareVersion,
    insulinFormulation,
    insulinModel,
    insulinSensitivity: sensitivitySchedule,
    insulinSensitivities: insteadOf("insulinSensitivity", sensitivitySchedule),
    manufacturers,
    model,
    name,
    overridePresets: named(overridePreset),
    scheduleTimeZoneOffset: minutes(int({ min: -10_080, max: 10_080 })),
    serialNumber,
    softwareVersion,
    units: object({
      bg: required(glucoseUnits()),
      carb: required(oneOf(["exchanges", "grams"])),
      insulin: oneOf(["Units"])
    })
  },
  { units: ({ units }) => (isObject(units) ? units["bg"] : undefined) }
);
