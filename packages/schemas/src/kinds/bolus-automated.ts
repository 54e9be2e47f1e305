import { kind } from "../kind.ts";
import { number } from "../rule/number.ts";
import { type Members, required, when } from "../rule/rule.ts";
import { bolusParts } from "../shared/bolus.ts";
import { unitsOfInsulin } from "../shared/units.ts";

const units = { min: 0, max: 100 };
const atLeastNormal = ({ normal }: Members) => ({
  min: typeof normal === "number" && normal >= 0 && normal <= units.max ? normal : 0,
  max: units.max
});

/** A bolus that an algorithm decided on. One of nothing has to say what was expected. */
export const automatedBolus = kind(
  { type: "bolus", subType: "automated" },
  {
    ...bolusParts,
    normal: required(unitsOfInsulin(number(units))),
    expectedNormal: when(
      "needed where normal is 0",
      ({ normal }) => (normal === 0 ? "required" : "optional"),
      unitsOfInsulin(number(atLeastNormal, units))
    )
  }
);
