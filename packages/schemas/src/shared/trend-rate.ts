import type * as z from "zod/mini";
import { annotate } from "../rule/annotate.ts";
import { rangeBy } from "../rule/measure.ts";
import { number } from "../rule/number.ts";
import type { Part } from "../rule/rule.ts";
import { oneOf } from "../rule/text.ts";
import { toMmolL } from "./glucose.ts";

const units = oneOf(["mmol/L/minute", "mg/dL/minute"]);

/** Units of how fast glucose changes. The platform stores `mmol/L/minute`. */
export const trendRateUnits = { zod: units.zod, rule: { ...units.rule, store: () => "mmol/L/minute" } };

const rate = number(
  rangeBy({ "mmol/L/minute": { min: -5.5, max: 5.5 }, "mg/dL/minute": { min: -100, max: 100 } }, "trendRateUnits")
);

/** How fast glucose changes: ±5.5 mmol/L or ±100 mg/dL a minute, any number without units. */
export const trendRate: Part<z.ZodMiniNumber<number>> = {
  zod: (z) =>
    rate
      .zod(z)
      .check(
        annotate(z, { description: "It is from -100 to 100 in mg/dL/minute, from -5.5 to 5.5 in mmol/L/minute." })
      ),
  rule: {
    ...rate.rule,
    store: (value, parent) => (parent["trendRateUnits"] === "mg/dL/minute" ? toMmolL(value as number) : value)
  }
};
