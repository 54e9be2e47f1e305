import { kind } from "../kind.ts";
import { required } from "../rule/rule.ts";
import { glucoseUnits, glucoseValue } from "../shared/glucose.ts";

/** A reading that a glucose monitor was calibrated with. */
export const calibrationEvent = kind(
  { type: "deviceEvent", subType: "calibration" },
  { units: required(glucoseUnits()), value: required(glucoseValue()) },
  { units: ({ units }) => units }
);
