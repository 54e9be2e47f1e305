import { type BasalSegment, basalTimeline } from "@tideway/schemas";
import type { MemberClock } from "./member-clock.ts";
import { scheduledOriginId } from "./origin-id.ts";
import type { Profiles } from "./profiles.ts";

const day = 86_400_000;
/** So little between two temporary basals is how apps count, and no scheduled basal. */
const negligible = 5000;

/** A time with another basal than the scheduled one. */
export interface BasalChange {
  /** Milliseconds since 1970. */
  readonly from: number;
  /** Milliseconds. `undefined`: until the next change. */
  readonly duration: number | undefined;
  readonly originId: string;
  readonly deviceId: string | undefined;
  readonly delivery:
    | { readonly kind: "automated" | "temp"; readonly rate: number }
    /** A share of the scheduled rate: 0.5 is half of it. */
    | { readonly kind: "temp" | "automated"; readonly share: number }
    | { readonly kind: "suspend" }
    /** The scheduled basal goes on. */
    | { readonly kind: "resume" };
}

type Segment = BasalSegment & { readonly time: string };

/** Collects the changes of the basal and makes a timeline of them, with the scheduled basal between them. */
export class Basals {
  private readonly changes: Array<BasalChange> = [];
  private readonly activeDays = new Set<number>();
  /** The last moment that the documents tell of. */
  private last = Number.NEGATIVE_INFINITY;
  /** Temporary basals in percent whose scheduled rate is not known, at least for a part of their time. */
  readonly withoutRate = new Set<string>();
  /** Temporary basals that another one replaces at once. */
  replaced = 0;
  /** Gaps between changes in which nothing tells that the pump was in use, or that no profile covers. */
  gaps = 0;

  add(change: BasalChange): void {
    this.changes.push(change);
    this.touch(change.from);
  }

  /** A document tells that the person's devices were in use then. */
  touch(instant: number): void {
    this.activeDays.add(Math.floor(instant / day));
    if (instant > this.last) this.last = instant;
  }

  /** The datums, in order, none reaching into the next. `now`: where a basal that still runs is cut off. */
  timeline(profiles: Profiles, clock: MemberClock, now: number): ReadonlyArray<Record<string, unknown>> {
    const sorted = this.changes.sort((a, b) => a.from - b.from || (a.originId < b.originId ? -1 : 1));
    const final = sorted.at(-1);
    if (final === undefined) return [];
    const ends = Math.min(final.from + (final.duration ?? 0), now);
    const last = Math.max(this.last, ends);
    const segments = sorted.flatMap((change, at) =>
      this.segmentsOf(endedAfterADay(change, sorted[at + 1]?.from ?? last), profiles)
    );
    const until = new Date(last).toISOString();
    const changed = basalTimeline(segments, { until, join: false });
    const filled: Array<Segment> = [];
    let end = Number.NaN;
    for (const basal of changed) {
      const start = Date.parse(basal.time);
      if (start - end > negligible) filled.push(...this.scheduled(end, start, profiles));
      filled.push(basal);
      end = start + basal.duration;
    }
    if (final.from - end > negligible) filled.push(...this.scheduled(end, final.from, profiles));
    const told = new Set(changed.map(({ origin }) => origin?.id?.replace(/@[^@]*$/u, "")));
    this.replaced = sorted.filter(
      ({ originId, delivery, duration }) =>
        (delivery.kind === "temp" || delivery.kind === "automated") &&
        duration !== 0 &&
        !told.has(originId) &&
        !this.withoutRate.has(originId)
    ).length;
    return filled.map(({ time, ...rest }) => ({ ...rest, ...clock.members(Date.parse(time)) }));
  }

  private segmentsOf(change: BasalChange, profiles: Profiles): ReadonlyArray<Segment> {
    const { from, duration, originId, deviceId, delivery } = change;
    const common = {
      type: "basal" as const,
      ...(deviceId === undefined ? {} : { deviceId }),
      origin: { id: originId, name: "nightscout", type: "service" as const }
    };
    const lasting = duration === undefined ? {} : { duration: Math.round(duration) };
    const time = new Date(Math.trunc(from)).toISOString();
    if (delivery.kind === "suspend") return [{ ...common, deliveryType: "suspend", time, ...lasting }];
    // Ends what ran, and lasts no time itself.
    if (delivery.kind === "resume") {
      return [{ ...common, origin: { id: resumed }, deliveryType: "suspend", time, duration: 0 }];
    }
    if ("rate" in delivery) {
      return [{ ...common, deliveryType: delivery.kind, rate: delivery.rate, time, ...lasting }];
    }
    return this.shared(change, delivery, common, profiles);
  }

  /** A share of a rate that changes while it lasts is one basal for each rate. */
  private shared(
    { from, duration = 0, originId }: BasalChange,
    { kind, share }: { readonly kind: "temp" | "automated"; readonly share: number },
    common: { readonly type: "basal"; readonly origin: BasalSegment["origin"] },
    profiles: Profiles
  ): ReadonlyArray<Segment> {
    const segments: Array<Segment> = [];
    const end = Math.trunc(from + duration);
    const ending = (at: number): Segment => ({
      ...common,
      origin: { id: resumed },
      deliveryType: "suspend",
      time: isoOf(at),
      duration: 0
    });
    if (duration === 0) return [ending(from)];
    for (let at = Math.trunc(from); at < end;) {
      const scheduled = profiles.rateAt(at);
      if (scheduled === undefined) {
        this.withoutRate.add(originId);
        // Its own rate is not known, but what ran before it ran no longer.
        return [...segments, ending(at)];
      }
      const to = Math.min(scheduled.until, end);
      const id = segments.length === 0 ? originId : `${originId}@${isoOf(at)}`;
      const content = { ...common, origin: { ...common.origin, id }, rate: scheduled.rate * share };
      segments.push(
        kind === "temp"
          ? { ...content, deliveryType: "temp", percent: share, time: isoOf(at), duration: to - at }
          : { ...content, deliveryType: "automated", time: isoOf(at), duration: to - at }
      );
      at = to;
    }
    return segments;
  }

  private scheduled(from: number, to: number, profiles: Profiles): ReadonlyArray<Segment> {
    const segments: Array<Segment> = [];
    for (let at = from; at < to;) {
      const scheduled = profiles.rateAt(at);
      const isUsed = to - from <= day || this.activeDays.has(Math.floor(at / day));
      const end = Math.min(to, scheduled?.until ?? to);
      if (scheduled !== undefined && isUsed) {
        const { rate, scheduleName } = scheduled;
        const origin = { id: scheduledOriginId(at), name: "nightscout", type: "service" as const };
        const content = { type: "basal" as const, deliveryType: "scheduled" as const, rate, scheduleName, origin };
        segments.push({ ...content, time: isoOf(at), duration: end - at });
      } else this.gaps++;
      at = end;
    }
    return segments;
  }
}

/** A suspension that nothing ends for longer than a day: how long it really was, nobody wrote. */
const endedAfterADay = (change: BasalChange, next: number): BasalChange =>
  change.duration === undefined && next - change.from > day ? { ...change, duration: day } : change;

/** The id of what ends a basal without being one. */
const resumed = "nightscout:resumed";

const isoOf = (instant: number): string => new Date(Math.trunc(instant)).toISOString();
