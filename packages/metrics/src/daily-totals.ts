import { type Dose, dosesOf, type DoseKind } from "./doses.ts";
import { dayLength } from "./durations.ts";
import { clipTo, type DaySpan, daySpans, offsetsIn, offsetsOf, type TimeZone } from "./local-days.ts";
import { firstDevices, latestBy, plausibleSpan } from "./plausible-span.ts";
import { hasLength, type Span } from "./span.ts";
import { type Withheld, withheld } from "./withheld.ts";

/** Insulin and carbohydrates of one local day. */
export interface DayTotals extends DaySpan {
  /** Units delivered as boluses; of an extended one, what falls on this day. */
  readonly bolus: number | Withheld;
  /** Units delivered as basals; what runs across midnight is parted there. */
  readonly basal: number | Withheld;
  /** Units given by pen, syringe or inhaler. */
  readonly injected: number | Withheld;
  /** All insulin, in units. Withheld where a pump's basals are not known for nine tenths of the day. */
  readonly insulin: number | Withheld;
  /** Carbohydrates in grams, of foods and of bolus calculations. */
  readonly carbohydrates: number | Withheld;
}

/** The totals of each day, and what does not count in them. */
export interface DailyTotals {
  /** From the first to the last, those without entries too. */
  readonly days: ReadonlyArray<DayTotals>;
  readonly leftOut: {
    /** Boluses, basals, insulin and carbohydrates without a usable time or amount. */
    readonly unusable: number;
    readonly future: number;
    readonly beforeDevices: number;
    readonly apart: number;
    readonly outsidePeriod: number;
    /** The same amount within two seconds: a bolus inside its calculation and beside it, or from two uploaders. */
    readonly doubles: number;
  };
}

/** How to add up. */
export interface DailyTotalsOptions {
  /** Decides where days begin. Default: the offsets that the datums state, else UTC. */
  readonly timeZone?: TimeZone | undefined;
  /** What is outside does not count. Default: from the first entry to the last, without the few that stand years apart. */
  readonly period?: Span | undefined;
  /** Milliseconds since 1970: later entries are left out. Default: not known. */
  readonly now?: number | undefined;
}

/** The share of a day that basals must be known for. */
const basalCoverage = 0.9;

/**
 * Insulin and carbohydrates per local day, from datums in any order; other kinds are passed over. It holds the time and amount of
 * each entry. Throws `InvalidInput` of schemas where the time zone has no such name, and `RangeError` where the period has no length or `now` is no number.
 */
export const dailyTotals = (datums: Iterable<unknown>, options: DailyTotalsOptions = {}): DailyTotals => {
  const { timeZone, period, now = Infinity } = options;
  if (period !== undefined && !hasLength(period)) {
    throw new RangeError("The period must end after it begins, both in milliseconds since 1970.");
  }
  const latest = latestBy(now);
  const named = timeZone === undefined ? undefined : offsetsIn(timeZone);
  const { doses, unusable, doubles } = dosesOf(datums);
  const known = doses.filter(({ from }) => from >= firstDevices && from <= latest);
  const plausible = plausibleSpan(Float64Array.from(known, ({ from }) => from));
  const counted = known.filter(({ from, to }) =>
    period === undefined ? from >= plausible.from && from < plausible.to : reaches({ from, to }, period)
  );
  const offsetAt =
    named ??
    offsetsOf(
      counted.map(({ from }) => from),
      counted.map(({ offset }) => offset)
    );
  const reach = period ?? spanOf(counted, now);
  const days = reach === undefined ? [] : daySpans(reach, 1, offsetAt);
  const has = new Set(counted.map(({ kind }) => kind));
  const late = doses.filter(({ from }) => from > latest).length;
  return {
    days: daysOf(days, counted, period).map(({ day, amounts, basalTime }) => totalsOf(day, amounts, basalTime, has)),
    leftOut: {
      unusable,
      doubles,
      future: late,
      beforeDevices: doses.length - known.length - late,
      apart: period === undefined ? known.length - counted.length : 0,
      outsidePeriod: period === undefined ? 0 : known.length - counted.length
    }
  };
};

const reaches = ({ from, to }: Span, period: Span): boolean =>
  from < period.to && (from >= period.from || to > period.from);

const spanOf = (doses: ReadonlyArray<Dose>, now: number): Span | undefined => {
  const [first] = doses;
  if (first === undefined) return undefined;
  const end = doses.reduce((end, { from, to }) => Math.max(end, Math.min(to, now), from + 1), first.from + 1);
  return { from: first.from, to: end };
};

interface DayAmounts {
  readonly day: DaySpan;
  readonly amounts: Map<DoseKind, number>;
  basalTime: number;
}

/** Parts each dose among the days that it falls on; doses are in the order of time. */
const daysOf = (
  days: ReadonlyArray<DaySpan>,
  doses: ReadonlyArray<Dose>,
  period: Span | undefined
): ReadonlyArray<DayAmounts> => {
  const all = days.map((day): DayAmounts => {
    return { day: { ...day, period: clipTo(period, day.period) }, amounts: new Map(), basalTime: 0 };
  });
  let first = 0;
  for (const { kind, from, to, amount } of doses) {
    while (first < all.length - 1 && (all[first]?.day.period.to ?? Infinity) <= from) first++;
    for (let index = first; index < all.length; index++) {
      const one = all[index];
      if (one === undefined || one.day.period.from > Math.max(from, to - 1)) break;
      const part = clipTo(one.day.period, { from, to });
      const isAtOnce = to === from && from >= one.day.period.from && from < one.day.period.to;
      const share = to > from ? Math.max(0, part.to - part.from) / (to - from) : Number(isAtOnce);
      if (share === 0) continue;
      one.amounts.set(kind, (one.amounts.get(kind) ?? 0) + amount * share);
      if (kind === "basal") one.basalTime += part.to - part.from;
    }
  }
  return all;
};

const names: { readonly [K in DoseKind]: string } = {
  bolus: "boluses",
  basal: "basals",
  injected: "injections",
  carbohydrates: "carbohydrates"
};

const totalsOf = (
  day: DaySpan,
  amounts: ReadonlyMap<DoseKind, number>,
  basalTime: number,
  has: ReadonlySet<DoseKind>
): DayTotals => {
  const length = day.period.to - day.period.from;
  const short =
    (has.has("basal") || has.has("bolus")) && basalTime < basalCoverage * length
      ? withheld(
          `This needs basals for at least ${100 * basalCoverage} % of the day; ` +
            `they are known for ${((24 * basalTime) / dayLength).toFixed(1)} hours.`
        )
      : undefined;
  const of = (kind: DoseKind): number | Withheld => amounts.get(kind) ?? withheld(`No ${names[kind]} are recorded.`);
  const insulin = (["bolus", "basal", "injected"] as const).filter((kind) => amounts.has(kind));
  return {
    ...day,
    bolus: of("bolus"),
    basal: has.has("basal") ? (short ?? of("basal")) : of("basal"),
    injected: of("injected"),
    insulin:
      insulin.length === 0
        ? withheld("No insulin is recorded.")
        : (short ?? insulin.reduce((sum, kind) => sum + (amounts.get(kind) ?? 0), 0)),
    carbohydrates: of("carbohydrates")
  };
};
