import { kind } from "../kind.ts";
import { number } from "../rule/number.ts";
import { object } from "../rule/object.ts";
import { required } from "../rule/rule.ts";
import { oneOf, text } from "../rule/text.ts";
import { insulinFormulation } from "../shared/insulin-formulation.ts";
import { unitsOfInsulin } from "../shared/units.ts";

/** Insulin given by pen, syringe or inhaler. */
export const insulin = kind(
  { type: "insulin" },
  {
    dose: object({
      active: unitsOfInsulin(number({ min: 0, max: 250 })),
      correction: unitsOfInsulin(number({ min: -250, max: 250 })),
      food: unitsOfInsulin(number({ min: 0, max: 250 })),
      total: required(unitsOfInsulin(number({ min: 0, max: 250 }))),
      units: required(oneOf(["Units"]))
    }),
    formulation: insulinFormulation,
    site: text({ max: 100 })
  }
);
