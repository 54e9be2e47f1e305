import type { SampleRandom } from "./random.ts";

/** One meal of a day, as planned. */
export interface Meal {
  /** Minutes after local midnight. */
  readonly minute: number;
  readonly grams: number;
  readonly meal: "breakfast" | "lunch" | "dinner" | "snack";
  readonly name: string;
  /** Minutes from the meal to its bolus; undefined where it was forgotten. */
  readonly bolusAfter: number | undefined;
  /** How well the carbohydrate was guessed: 1 is right. */
  readonly guess: number;
}

const dishes = {
  breakfast: ["Porridge", "Toast and eggs", "Yoghurt and berries", "Muesli"],
  lunch: ["Sandwich", "Lentil soup", "Rice bowl", "Pasta salad"],
  dinner: ["Spaghetti", "Chicken and potatoes", "Vegetable curry", "Pizza"],
  snack: ["Apple", "Biscuits", "Banana", "Popcorn"]
} as const;

const habits = [
  { meal: "breakfast", minute: 7 * 60 + 30, spread: 25, grams: 42, gramsSpread: 10, odds: 0.95 },
  { meal: "lunch", minute: 12 * 60 + 30, spread: 30, grams: 58, gramsSpread: 14, odds: 1 },
  { meal: "snack", minute: 16 * 60, spread: 40, grams: 18, gramsSpread: 5, odds: 0.55 },
  { meal: "dinner", minute: 18 * 60 + 50, spread: 35, grams: 68, gramsSpread: 18, odds: 1 }
] as const;

/** The meals of one day, in order. Weekends start later. */
export const planMeals = (random: SampleRandom, weekend: boolean): ReadonlyArray<Meal> =>
  habits.flatMap(({ meal, minute, spread, grams, gramsSpread, odds }) => {
    if (!random.chance(odds)) return [];
    const names = dishes[meal];
    return [
      {
        minute: Math.round(random.normal(minute + (weekend ? 55 : 0), spread)),
        grams: Math.max(8, Math.round(random.normal(grams, gramsSpread))),
        meal,
        name: names[Math.floor(random.next() * names.length)] ?? names[0],
        bolusAfter: random.chance(meal === "snack" ? 0.5 : 0.08) ? undefined : Math.round(random.between(-8, 30)),
        guess: Math.max(0.4, random.normal(0.86, 0.24))
      }
    ];
  });

/** When a day's fingersticks are, in minutes after local midnight: most days before two meals and at bedtime. */
export const planFingersticks = (random: SampleRandom): ReadonlyArray<number> =>
  [random.between(6.5, 8), random.between(17, 19), random.between(21.5, 23)]
    .filter(() => random.chance(0.8))
    .map((hour) => hour * 60);
