import { embeddedIn } from "../embedded.ts";
import { kind } from "../kind.ts";
import { number } from "../rule/number.ts";
import { object } from "../rule/object.ts";
import { required } from "../rule/rule.ts";
import { oneOf } from "../rule/text.ts";
import { glucoseTarget } from "../shared/glucose-target.ts";
import { glucoseUnits, glucoseValue } from "../shared/glucose.ts";
import { unitsOfInsulin } from "../shared/units.ts";
import { automatedBolus } from "./bolus-automated.ts";
import { dualSquareBolus } from "./bolus-dual-square.ts";
import { normalBolus } from "./bolus-normal.ts";
import { squareBolus } from "./bolus-square.ts";

/** A bolus calculation, with the bolus that came of it. */
export const wizard = kind(
  { type: "wizard" },
  {
    bgInput: glucoseValue(),
    bgTarget: glucoseTarget,
    bolus: embeddedIn([normalBolus, automatedBolus, squareBolus, dualSquareBolus]),
    carbInput: number({ min: 0, max: 1000 }),
    insulinCarbRatio: number({ min: 0, max: 250 }),
    insulinOnBoard: unitsOfInsulin(number({ min: 0, max: 250 })),
    insulinSensitivity: glucoseValue(),
    recommended: object({
      carb: unitsOfInsulin(number({ min: 0, max: 100 })),
      correction: unitsOfInsulin(number({ min: -100, max: 100 })),
      net: unitsOfInsulin(number({ min: -100, max: 100 }))
    }),
    units: required(glucoseUnits()),
    carbUnits: oneOf(["grams", "exchanges"])
  },
  { units: ({ units }) => units, embeds: "bolus", readAfter: { bolus: "units" } }
);
