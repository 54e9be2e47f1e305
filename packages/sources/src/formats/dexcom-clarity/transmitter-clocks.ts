import type { UnclearTime } from "../../time/zone-clock.ts";
import type { ClarityEvent } from "./clarity-event.ts";

const hour = 3600;
/** Display devices and transmitters drift apart by seconds a day; half an hour is the least that zones differ by. */
const tolerance = 900_000;
/** How far away, in hours, the nearest reading with a clear time may be. */
const farthest = 72;

interface Anchor {
  /** When the transmitter was started, as this reading has it: milliseconds since 1970. */
  readonly started: number;
  readonly row: number;
}

/** A leap of the display device's clock against the transmitter. */
export interface ClockJump {
  readonly row: number;
  readonly minutes: number;
}

/**
 * When transmitters were started, by the readings whose time is clear: for each hour of a transmitter, one. That tells the
 * hour that clocks show twice, and shows where the clock of the display device was changed.
 */
export class TransmitterClocks {
  private readonly series = new Map<string, Map<number, Array<Anchor>>>();

  /** Takes a reading whose moment is clear. */
  add(event: ClarityEvent, instant: number, row: number): void {
    if (event.ticks === undefined) return;
    const key = this.keyOf(event);
    const hours = this.series.get(key) ?? new Map<number, Array<Anchor>>();
    this.series.set(key, hours);
    const started = instant - event.ticks * 1000;
    const index = Math.floor(event.ticks / hour);
    const anchors = hours.get(index);
    if (!anchors) hours.set(index, [{ started, row }]);
    else if (anchors.length < 4 && anchors.every((anchor) => Math.abs(anchor.started - started) > tolerance)) {
      anchors.push({ started, row });
    }
  }

  /** Which of its two moments an unclear reading is of; `undefined` where nothing nearby tells. */
  resolve(event: ClarityEvent, { before, after }: UnclearTime): number | undefined {
    const { ticks } = event;
    const hours = this.series.get(this.keyOf(event));
    if (ticks === undefined || !hours) return undefined;
    const index = Math.floor(ticks / hour);
    for (let distance = 0; distance <= farthest; distance++) {
      for (const place of distance === 0 ? [index] : [index - distance, index + distance]) {
        for (const { started } of hours.get(place) ?? []) {
          const expected = started + ticks * 1000;
          const isBefore = Math.abs(expected - before) <= tolerance;
          if (isBefore !== Math.abs(expected - after) <= tolerance) return isBefore ? before : after;
        }
      }
    }
    return undefined;
  }

  /** Where the clock leapt, in the order of time: a flight, a change by hand, or a zone that is not the right one. */
  jumps(): ReadonlyArray<ClockJump> {
    const jumps: Array<ClockJump> = [];
    for (const hours of this.series.values()) {
      let last: Anchor | undefined;
      for (const index of [...hours.keys()].sort((one, other) => one - other)) {
        for (const anchor of hours.get(index)!) {
          const leap = last ? anchor.started - last.started : 0;
          if (Math.abs(leap) > tolerance) jumps.push({ row: anchor.row, minutes: Math.round(leap / 60_000) });
          last = anchor;
        }
      }
    }
    return jumps;
  }

  private keyOf({ transmitter, sourceDevice }: ClarityEvent): string {
    return `${transmitter ?? ""}\n${sourceDevice}`;
  }
}
