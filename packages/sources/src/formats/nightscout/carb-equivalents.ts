import { type Fields, numberIn, textIn } from "./document.ts";
import { isOfMeal } from "./food.ts";

/** Milliseconds: Trio spaces its equivalents by ten minutes and more. */
const apart = 300_000;

/**
 * Finds the carbohydrates that Trio counts for the fat and protein of a meal: several documents that share one `id`, at times
 * that differ. A copy of a document has its time, too.
 */
export class CarbEquivalents {
  private readonly times = new Map<string, { first: number; last: number }>();

  /** To be called for every treatment that was not deleted, before any is asked about. */
  add(fields: Fields, instant: number): void {
    const id = idOf(fields);
    if (id === undefined) return;
    const known = this.times.get(id);
    if (!known) this.times.set(id, { first: instant, last: instant });
    else {
      known.first = Math.min(known.first, instant);
      known.last = Math.max(known.last, instant);
    }
  }

  has(fields: Fields): boolean {
    const known = this.times.get(idOf(fields) ?? "");
    return known !== undefined && known.last - known.first >= apart;
  }
}

/** The id of what may be an equivalent: carbohydrates and nothing else. */
const idOf = (fields: Fields): string | undefined => {
  const isCarbs = (numberIn(fields["carbs"]) ?? 0) > 0 && (numberIn(fields["insulin"]) ?? 0) === 0;
  return isCarbs && !isOfMeal(fields) ? textIn(fields["id"]) : undefined;
};
