import type * as z from "zod/mini";
import { kind } from "../kind.ts";
import { array } from "../rule/array.ts";
import { lazy } from "../rule/lazy.ts";
import { number } from "../rule/number.ts";
import { object } from "../rule/object.ts";
import { type Part, type ValueOf, exactlyWhen, required } from "../rule/rule.ts";
import { oneOf, text } from "../rule/text.ts";
import { nutrition } from "../shared/nutrition.ts";

const amount = object({ units: required(text({ max: 100 })), value: required(number({ min: 0 })) });
const name = text({ max: 100 });

/** A part of a food, made of parts itself perhaps. */
export interface Ingredient {
  amount?: ValueOf<typeof amount> | undefined;
  brand?: string | undefined;
  code?: string | undefined;
  ingredients?: Array<Ingredient> | undefined;
  name?: string | undefined;
  nutrition?: ValueOf<typeof nutrition> | undefined;
}

const ingredients = array(
  lazy<Ingredient>(() => ingredient),
  { max: 100 }
);
const ingredient: Part<z.ZodMiniType<Ingredient, Ingredient>> = object({
  amount,
  brand: name,
  code: name,
  ingredients,
  name,
  nutrition
});

/** Something eaten or drunk. */
export const food = kind(
  { type: "food" },
  {
    amount,
    brand: name,
    code: name,
    ingredients,
    meal: oneOf(["breakfast", "dinner", "lunch", "other", "snack"]),
    mealOther: exactlyWhen("meal is other", ({ meal }) => meal === "other", text({ max: 100 })),
    name,
    nutrition
  }
);
