import { kind } from "../kind.ts";
import { number } from "../rule/number.ts";
import { required } from "../rule/rule.ts";
import { oneOf } from "../rule/text.ts";
import { unitsOfInsulin } from "../shared/units.ts";

const range = { min: 0, max: 1000 };

/** A pump's tubing or cannula filled with insulin. */
export const primeEvent = kind(
  { type: "deviceEvent", subType: "prime" },
  {
    primeTarget: required(oneOf(["cannula", "tubing"])),
    // Beside a target that is not known, nothing is said of the volume.
    volume: unitsOfInsulin(
      number(({ primeTarget }) => (primeTarget === "cannula" || primeTarget === "tubing" ? range : undefined), range)
    )
  }
);
