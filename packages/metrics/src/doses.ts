/** What is added up per day. */
export type DoseKind = "bolus" | "basal" | "injected" | "carbohydrates";

/** An amount, given at once or evenly over a span of time. */
export interface Dose {
  readonly kind: DoseKind;
  /** Milliseconds since 1970. */
  readonly from: number;
  /** The same as `from` where it was given at once. */
  readonly to: number;
  /** Units of insulin, or grams. */
  readonly amount: number;
  /** Minutes ahead of UTC; NaN where the datum does not say. */
  readonly offset: number;
}

/** The doses of datums, in the order of time. */
export interface Doses {
  readonly doses: ReadonlyArray<Dose>;
  readonly unusable: number;
  readonly doubles: number;
}

type Members = { readonly [key: string]: unknown };

const hour = 3_600_000;
const sameMoment = 2000;

// Datums that nobody has checked may hold anything.
const membersOf = (value: unknown): Members => (typeof value === "object" && value !== null ? (value as Members) : {});

const isAmount = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value) && value >= 0;

/** The doses of datums in any order: each once, and basals that do not reach into the next. */
export const dosesOf = (datums: Iterable<unknown>): Doses => {
  const found: Array<Dose> = [];
  let unusable = 0;
  for (const datum of datums) {
    const doses = dosesIn(membersOf(datum));
    if (doses === undefined) unusable++;
    else found.push(...doses);
  }
  found.sort((a, b) => a.from - b.from || a.to - b.to || a.amount - b.amount);
  const basals = oneAfterTheOther(found.filter(({ kind }) => kind === "basal"));
  const others = withoutDoubles(found.filter(({ kind }) => kind !== "basal"));
  const doses = [...basals, ...others].sort((a, b) => a.from - b.from);
  return { doses, unusable, doubles: found.length - doses.length };
};

/** What a datum adds to the totals; undefined where it should and its time or amount cannot be used. */
const dosesIn = (datum: Members): ReadonlyArray<Dose> | undefined => {
  const read = readers[String(datum["type"])];
  if (read === undefined) return [];
  const from = typeof datum["time"] === "string" ? Date.parse(datum["time"]) : Number.NaN;
  if (Number.isNaN(from)) return undefined;
  const offset = typeof datum["timezoneOffset"] === "number" ? datum["timezoneOffset"] : Number.NaN;
  return read(datum, (kind, amount, duration = 0) => ({ kind, from, to: from + duration, amount, offset }));
};

type MakeDose = (kind: DoseKind, amount: number, duration?: number) => Dose;

const readers: { readonly [type: string]: (datum: Members, dose: MakeDose) => ReadonlyArray<Dose> | undefined } = {
  bolus: ({ normal, extended, duration }, dose) => {
    const doses: Array<Dose> = [];
    for (const amount of [normal, extended]) if (amount !== undefined && !isAmount(amount)) return undefined;
    if (isAmount(normal)) doses.push(dose("bolus", normal));
    if (isAmount(extended)) doses.push(dose("bolus", extended, isAmount(duration) ? duration : 0));
    return doses.length === 0 ? undefined : doses;
  },
  basal: ({ deliveryType, rate, duration }, dose) => {
    const perHour = deliveryType === "suspend" ? 0 : rate;
    if (!isAmount(perHour) || !isAmount(duration)) return undefined;
    return [dose("basal", (perHour * duration) / hour, duration)];
  },
  insulin: ({ dose: given }, dose) => {
    const { total } = membersOf(given);
    return isAmount(total) ? [dose("injected", total)] : undefined;
  },
  food: ({ nutrition }, dose) => {
    const { carbohydrate } = membersOf(nutrition);
    if (carbohydrate === undefined || carbohydrate === null) return [];
    const { net } = membersOf(carbohydrate);
    return isAmount(net) ? [dose("carbohydrates", net)] : undefined;
  },
  wizard: ({ carbInput, carbUnits, bolus, time, timezoneOffset }, dose) => {
    // A stored calculation holds its bolus by id: the bolus itself is another datum.
    const isWhole = typeof bolus === "object" && bolus !== null;
    const within = isWhole ? dosesIn({ time, timezoneOffset, ...bolus }) : [];
    if (carbInput === undefined || carbInput === null || carbInput === 0) return within;
    // How many grams an exchange has differs by country: 10, 12 or 15.
    if (!isAmount(carbInput) || carbUnits === "exchanges" || within === undefined) return undefined;
    return [...within, dose("carbohydrates", carbInput)];
  }
};

/** Cuts basals off where the next begins; of several that begin together, the last holds. */
const oneAfterTheOther = (basals: ReadonlyArray<Dose>): ReadonlyArray<Dose> =>
  basals.flatMap((basal, index) => {
    const next = basals[index + 1]?.from ?? Infinity;
    if (next >= basal.to) return [basal];
    if (next <= basal.from) return [];
    const share = (next - basal.from) / (basal.to - basal.from);
    return [{ ...basal, to: next, amount: basal.amount * share }];
  });

/** Leaves out what was given in the same amount within two seconds before. */
const withoutDoubles = (doses: ReadonlyArray<Dose>): ReadonlyArray<Dose> => {
  const kept: Array<Dose> = [];
  for (const dose of doses) {
    let isDouble = false;
    for (let at = kept.length - 1; at >= 0 && !isDouble; at--) {
      const other = kept[at];
      if (other === undefined || dose.from - other.from > sameMoment) break;
      isDouble =
        other.kind === dose.kind && other.amount === dose.amount && other.to - other.from === dose.to - dose.from;
    }
    if (!isDouble) kept.push(dose);
  }
  return kept;
};
