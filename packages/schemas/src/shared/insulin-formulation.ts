import type * as z from "zod/mini";
import { array } from "../rule/array.ts";
import { lazy } from "../rule/lazy.ts";
import { measure } from "../rule/measure.ts";
import { number } from "../rule/number.ts";
import { object, unwanted } from "../rule/object.ts";
import { type Part, type ValueOf, absent, required } from "../rule/rule.ts";
import { oneOf, text } from "../rule/text.ts";

const simple = object({
  actingType: required(oneOf(["intermediate", "long", "rapid", "short"])),
  brand: text({ max: 100 }),
  concentration: measure({ "Units/mL": { min: 0, max: 10_000 } })
});

/** An insulin: a simple one, or a mixture of others. */
export interface InsulinFormulation {
  compounds?: Array<{ amount: number; formulation: InsulinFormulation }> | undefined;
  name?: string | undefined;
  simple?: ValueOf<typeof simple> | undefined;
}

const compounds = array(
  object({
    amount: required(number({ min: 0 })),
    formulation: required(lazy<InsulinFormulation>(() => insulinFormulation))
  }),
  { max: 100 }
);

/** What insulin it is: `simple` or `compounds`, never both; a `name` alone is enough. */
export const insulinFormulation: Part<z.ZodMiniType<InsulinFormulation, InsulinFormulation>> = object(
  { compounds, name: text({ max: 100 }), simple },
  {
    judge: (members, walk) => {
      const { compounds: mixture, name, simple: single } = members;
      if (!absent(mixture)) {
        if (absent(single)) compounds.rule.validate(mixture, "compounds", members, walk);
        else walk.report("compounds", unwanted, mixture);
      }
      if (!absent(name)) nameRule.validate(name, "name", members, walk);
      if (!absent(single)) simple.rule.validate(single, "simple", members, walk);
      else if (absent(mixture) && absent(name)) walk.report("simple", nothing, undefined);
    }
  }
);
const nameRule = text({ max: 100 }).rule;
const nothing = { code: "value-not-exists", text: "must be given where there is neither compounds nor name" };
