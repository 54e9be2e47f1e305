import { kind } from "../kind.ts";
import { measure } from "../rule/measure.ts";
import { required } from "../rule/rule.ts";

/** Water drunk. */
export const water = kind(
  { type: "water" },
  {
    amount: required(
      measure({
        gallons: { min: 0, max: 10 },
        liters: { min: 0, max: 37.854_118 },
        milliliters: { min: 0, max: 37_854.118 },
        ounces: { min: 0, max: 1280 }
      })
    )
  }
);
