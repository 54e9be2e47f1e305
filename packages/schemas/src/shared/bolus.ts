import { int, number } from "../rule/number.ts";
import { type Members, absent, required, when } from "../rule/rule.ts";
import { oneOf } from "../rule/text.ts";
import { insulinFormulation } from "./insulin-formulation.ts";
import { milliseconds, unitsOfInsulin } from "./units.ts";

/** A day in milliseconds: what an extended bolus may last. */
const day = 86_400_000;
const units = { min: 0, max: 100 };

/** What every bolus may have. */
export const bolusParts = {
  deliveryContext: oneOf(["algorithm", "device", "oneButton", "remote", "undetermined", "watch"]),
  insulinFormulation
};

/** No more than was expected, where the expectation is itself within 0 and its maximum. */
const upTo =
  (expected: string, max: number) =>
  (members: Members): { min: number; max: number } => {
    const limit = members[expected];
    return { min: 0, max: typeof limit === "number" && limit >= 0 && limit <= max ? limit : max };
  };

/** Insulin at once. What was delivered cannot be more than what was expected. */
export const normalParts = {
  normal: required(unitsOfInsulin(number(upTo("expectedNormal", units.max), units))),
  expectedNormal: unitsOfInsulin(number(units))
};

/** Insulin over a time. What was delivered cannot be more, nor take longer, than what was expected. */
export const extendedParts = {
  duration: required(milliseconds(int(upTo("expectedDuration", day), { min: 0, max: day }))),
  // Where nothing extended was expected, both its range and its presence are told.
  expectedDuration: when(
    "needed where expectedExtended is given, and forbidden elsewhere",
    ({ expectedExtended }) => (absent(expectedExtended) ? "judged and forbidden" : "required"),
    milliseconds(int({ min: 0, max: day }))
  ),
  extended: required(unitsOfInsulin(number(upTo("expectedExtended", units.max), units))),
  expectedExtended: unitsOfInsulin(number(units))
};
