import { kind } from "../kind.ts";
import { required } from "../rule/rule.ts";
import { oneOf } from "../rule/text.ts";
import { glucoseUnits, glucoseValue } from "../shared/glucose.ts";

/** A glucose reading that the person took: finger stick or scan. Its `subType` tells no kinds apart. */
export const smbg = kind(
  { type: "smbg" },
  {
    units: required(glucoseUnits()),
    value: required(glucoseValue()),
    subType: oneOf(["linked", "manual", "scanned"])
  },
  { units: ({ units }) => units }
);
