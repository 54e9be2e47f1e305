import type { Datum, TimeMembers } from "@tideway/schemas";
import { person } from "./glucose-model.ts";
import type { Meal } from "./meals.ts";

const cgm = "SampleCGM-0001";
const pump = "SamplePump-0001";
const meter = "SampleMeter-0001";

const origin = (kind: string, { time }: TimeMembers) => ({
  id: `${kind}-${time}`,
  name: "org.tideway.sample",
  type: "device" as const,
  version: "1.0.0"
});

const outOfRange = (value: "low" | "high", threshold: number) => ({
  annotations: [{ code: "bg/out-of-range", value, threshold }]
});

/** A CGM reading, mg/dL. Beyond what the sensor measures it says one past the limit, as sensors do. */
export const reading = (moment: TimeMembers, glucose: number, trend: number): Datum => {
  const value = Math.min(401, Math.max(39, Math.round(glucose)));
  return {
    type: "cbg",
    ...moment,
    deviceId: cgm,
    value,
    units: "mg/dL",
    sampleInterval: 300_000,
    trend:
      trend > 2
        ? "moderateRise"
        : trend > 1
          ? "slowRise"
          : trend < -2
            ? "moderateFall"
            : trend < -1
              ? "slowFall"
              : "constant",
    ...(value === 39 ? outOfRange("low", 40) : value === 401 ? outOfRange("high", 400) : {}),
    origin: origin("cbg", moment)
  };
};

/** A fingerstick, mg/dL. */
export const fingerstick = (moment: TimeMembers, glucose: number): Datum => ({
  type: "smbg",
  ...moment,
  deviceId: meter,
  subType: "linked",
  value: Math.min(600, Math.max(20, Math.round(glucose))),
  units: "mg/dL",
  origin: origin("smbg", moment)
});

/** A bolus without a calculation, units. */
export const bolus = (moment: TimeMembers, normal: number) => ({
  type: "bolus" as const,
  subType: "normal" as const,
  ...moment,
  deviceId: pump,
  normal,
  origin: origin("bolus", moment)
});

/** What the calculator was told, and the bolus that came of it. */
export const calculation = (
  moment: TimeMembers,
  told: { readonly grams: number; readonly glucose: number; readonly onBoard: number; readonly units: number }
): Datum => {
  const carb = Math.round((100 * told.grams) / person.carbRatio) / 100;
  return {
    type: "wizard",
    ...moment,
    deviceId: pump,
    units: "mg/dL",
    carbUnits: "grams",
    carbInput: told.grams,
    bgInput: Math.round(told.glucose),
    bgTarget: { low: 100, high: 120 },
    insulinCarbRatio: person.carbRatio,
    insulinSensitivity: person.sensitivity,
    insulinOnBoard: Math.round(told.onBoard * 100) / 100,
    recommended: { carb, correction: Math.round((told.units - carb) * 100) / 100, net: told.units },
    bolus: bolus(moment, told.units),
    origin: origin("wizard", moment)
  };
};

/** Something eaten, grams of carbohydrate. */
export const eaten = (
  moment: TimeMembers,
  { name, meal, grams }: { readonly name: string; readonly meal: Meal["meal"]; readonly grams: number }
): Datum => ({
  type: "food",
  ...moment,
  name,
  meal,
  nutrition: { carbohydrate: { net: grams, units: "grams" } },
  origin: origin("food", moment)
});

/** A stretch of basal insulin, units an hour over milliseconds. */
export const basal = (
  moment: TimeMembers,
  stretch: {
    readonly rate: number;
    readonly duration: number;
    readonly scheduleName: string;
    readonly percent?: number;
    readonly scheduled: number;
  }
): Datum => {
  const { rate, duration, scheduleName, percent } = stretch;
  const shared = { type: "basal" as const, ...moment, deviceId: pump, duration, rate };
  return percent === undefined
    ? { ...shared, deliveryType: "scheduled", scheduleName, origin: origin("basal", moment) }
    : {
        ...shared,
        deliveryType: "temp",
        percent,
        suppressed: { type: "basal", deliveryType: "scheduled", rate: stretch.scheduled, scheduleName },
        origin: origin("basal", moment)
      };
};
