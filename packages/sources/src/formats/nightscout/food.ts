import { type Fields, numberIn, textIn } from "./document.ts";

type Members = Readonly<Record<string, unknown>>;

/** What loops count for fat and protein, spread over hours as if it were carbohydrate: nobody ate it. */
export const isEquivalent = (fields: Fields): boolean => {
  if (fields["isFPU"] === true) return true;
  return textIn(fields["fpuID"]) !== undefined && !isOfMeal(fields);
};

/** Whether a treatment says what fat or protein was eaten: then its carbohydrates were eaten, too. */
export const isOfMeal = (fields: Fields): boolean =>
  (numberIn(fields["fat"]) ?? 0) > 0 || (numberIn(fields["protein"]) ?? 0) > 0;

const grams = (value: unknown): { readonly total: number; readonly units: "grams" } | undefined => {
  const total = numberIn(value);
  return total === undefined || total === 0 ? undefined : { total, units: "grams" };
};

/** What was eaten, by a treatment; `undefined`: nothing. */
export const foodOf = (fields: Fields): Members | undefined => {
  const net = numberIn(fields["carbs"]) ?? 0;
  const fat = grams(fields["fat"]);
  const protein = grams(fields["protein"]);
  if (net === 0 && fat === undefined && protein === undefined) return undefined;
  const minutes = numberIn(fields["absorptionTime"]);
  const seconds = minutes === undefined ? undefined : Math.round(minutes * 60);
  const name = textIn(fields["foodType"]);
  return {
    type: "food",
    ...(name === undefined ? {} : { name: [...name].slice(0, 100).join("") }),
    nutrition: {
      ...(seconds !== undefined && seconds > 0 && seconds <= 86_400 ? { estimatedAbsorptionDuration: seconds } : {}),
      ...(net === 0 ? {} : { carbohydrate: { net, units: "grams" } }),
      ...(fat === undefined ? {} : { fat }),
      ...(protein === undefined ? {} : { protein })
    }
  };
};
