import { type BasalSegment, basalTimeline, type TimeMembers } from "@tideway/schemas";
import type { Entry } from "../entry.ts";
import type { NotesInProgress } from "../notes.ts";
import { rowDatum } from "../row-entry.ts";
import type { BasalRecord, RowPlace } from "./device-record.ts";

/** Durations are rounded to minutes, and pumps are late by seconds: so much of an overlap is no interruption. */
const tolerance = 60_000;
/** A schedule begins anew each day: what lasts longer without a word is not known. */
const longestUntold = 86_400_000;

interface PlacedBasal extends RowPlace {
  readonly basal: BasalRecord;
  readonly start: number;
  readonly content: Readonly<Record<string, unknown>> & { readonly origin: Readonly<Record<string, string>> };
}

/** A suspension and a temporary basal give back to what they interrupted; a schedule does not come back from an algorithm by itself. */
const resumes = (interrupted: BasalSegment, by: BasalSegment): boolean =>
  by.deliveryType === "suspend"
    ? interrupted.deliveryType !== "suspend"
    : by.deliveryType === "temp" &&
      (interrupted.deliveryType === "scheduled" || interrupted.deliveryType === "automated");

const segmentOf = (content: PlacedBasal["content"], duration?: number): BasalSegment =>
  ({ ...content, ...(duration === undefined ? {} : { duration }) }) as unknown as BasalSegment;

/** Whether another basal ends that one within a day. What interrupts it does not end it. */
const isEndedSoon = (sorted: ReadonlyArray<PlacedBasal>, index: number): boolean => {
  const { start, content } = sorted[index]!;
  for (let at = index + 1; at < sorted.length; at++) {
    const next = sorted[at]!;
    if (next.start - start > longestUntold) return false;
    if (next.start > start && !resumes(segmentOf(content), segmentOf(next.content))) return true;
  }
  return false;
};

/** The basals of devices while a source is read: each device has a timeline in which none reaches into the next. */
export class BasalTimelines {
  private readonly byDevice = new Map<string, Array<PlacedBasal>>();
  private readonly latest = new Map<string, number>();

  /** Takes the moment of any record of a device: an open basal at the end lasts until the last that is known. */
  saw(deviceId: string, instant: number): void {
    if (instant > (this.latest.get(deviceId) ?? Number.NEGATIVE_INFINITY)) this.latest.set(deviceId, instant);
  }

  add(
    { basal, file, row }: RowPlace & { readonly basal: BasalRecord },
    times: TimeMembers,
    origin: Readonly<Record<string, string>>
  ): void {
    const { deviceId, duration = 0, members } = basal;
    const start = Date.parse(times.time);
    const basals = this.byDevice.get(deviceId) ?? [];
    this.byDevice.set(deviceId, basals);
    basals.push({ basal, file, row, start, content: { ...members, ...times, deviceId, origin } });
    this.saw(deviceId, start + duration);
  }

  /** The basals of all devices, device by device. Counts those that never ran: another one begins with them, or they have no length. */
  *entries(notes: NotesInProgress): Generator<Entry> {
    for (const [deviceId, basals] of this.byDevice) {
      const ran = new Set(basals.filter(({ basal }) => basal.hasUnknownRate));
      yield* this.ofDevice(basals, this.latest.get(deviceId)!, ran);
      if (ran.size < basals.length) notes.skip("basal that another one replaces at once", basals.length - ran.size);
    }
    this.byDevice.clear();
  }

  private *ofDevice(basals: ReadonlyArray<PlacedBasal>, until: number, ran: Set<PlacedBasal>): Generator<Entry> {
    const places = new Map(basals.map((placed) => [placed.content.origin["id"]!, placed]));
    const sorted = basals.toSorted(
      (one, other) => one.start - other.start || (one.content.origin["id"]! < other.content.origin["id"]! ? -1 : 1)
    );
    const segments = sorted.map(({ basal, start, content }, index) => {
      const { duration } = basal;
      const next = (sorted[index + 1]?.start ?? Number.POSITIVE_INFINITY) - start;
      if (duration !== undefined) {
        const isSlightlyLong = next > 0 && duration > next && duration - next <= tolerance;
        return segmentOf(content, isSlightlyLong ? next : duration);
      }
      return segmentOf(content, isEndedSoon(sorted, index) ? undefined : longestUntold);
    });
    // A basal may be all that a device has told at its last moment: then nobody knows how long it went on.
    for (const datum of basalTimeline(segments, {
      until: new Date(until).toISOString(),
      join: false,
      resume: resumes
    })) {
      const { expectedDuration, ...untold } = datum;
      const id = datum.origin?.id ?? "";
      const place = places.get(id) ?? places.get(id.slice(0, id.lastIndexOf("@")));
      if (place?.basal.hasUnknownRate) continue;
      if (place) ran.add(place);
      // Nobody told how long it was meant to last.
      const isTold = expectedDuration === undefined || place?.basal.duration !== undefined;
      yield rowDatum(isTold ? datum : untold, place?.file ?? sorted[0]!.file, place?.row ?? sorted[0]!.row);
    }
  }
}
