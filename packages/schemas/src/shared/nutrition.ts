import { measure } from "../rule/measure.ts";
import { int, number } from "../rule/number.ts";
import { object } from "../rule/object.ts";
import { required } from "../rule/rule.ts";
import { oneOf } from "../rule/text.ts";
import { seconds } from "./units.ts";

const grams = () => number({ min: 0, max: 1000 });
const total = object({ total: required(grams()), units: required(oneOf(["grams"])) });

export const energy = measure({
  calories: { min: 0, max: 10_000_000 },
  joules: { min: 0, max: 41_858_000 },
  kilocalories: { min: 0, max: 10_000 },
  kilojoules: { min: 0, max: 41_858 }
});

/** What is in a food. */
export const nutrition = object({
  estimatedAbsorptionDuration: seconds(int({ min: 0, max: 86_400 })),
  carbohydrate: object({
    dietaryFiber: grams(),
    net: required(grams()),
    sugars: grams(),
    total: grams(),
    units: required(oneOf(["grams"]))
  }),
  energy,
  fat: total,
  protein: total
});
