import { kind } from "../kind.ts";
import { number } from "../rule/number.ts";
import { type Part, required } from "../rule/rule.ts";
import { oneOf } from "../rule/text.ts";

const units = oneOf(["mmol/L", "mmol/l"]);

const range = { min: 0, max: 10 };

/** A ketone reading of blood, in mmol/L. */
export const bloodKetone = kind(
  { type: "bloodKetone" },
  {
    units: required({ zod: units.zod, rule: { ...units.rule, store: () => "mmol/L" } } satisfies Part),
    // Beside units that are not known, nothing is said of the value.
    value: required(number(({ units }) => (units === "mmol/L" || units === "mmol/l" ? range : undefined), range))
  }
);
