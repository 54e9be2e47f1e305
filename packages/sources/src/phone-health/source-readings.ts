import { firstFrom, GrowingNumbers } from "./growing-numbers.ts";
import { type HealthSource, healthSource } from "./health-source.ts";

const minute = 60_000;
/** Intervals at which sensors store readings, in minutes, with the widest spacing that is still one of them. */
const known: ReadonlyArray<readonly [interval: number, widest: number]> = [
  [1, 2],
  [5, 8],
  [15, 20]
];
/** So few readings in a row may be somebody's who measured often for a while. */
const fewestReadings = 24;

/** The glucose that one source wrote by itself: what was typed in is not of it. */
export class SourceReadings {
  readonly name: string;
  readonly source: HealthSource;
  /** In milliseconds, ascending; complete after {@link finish}. */
  times = new Float64Array(0);
  /** In mg/dL, by the order of `times`. */
  values = new Float64Array(0);
  /** How far apart they are: 1, 5 or 15 minutes in milliseconds, where they are a sensor's. */
  interval: number | undefined;
  private readonly unordered = { times: new GrowingNumbers(), values: new GrowingNumbers() };

  constructor(name: string) {
    this.name = name;
    this.source = healthSource(name);
  }

  /** Whether the readings are those of a sensor: by how many there are and how close, or else by whose app it is. */
  get isSensor(): boolean {
    const { kind } = this.source;
    if (kind === "meter") return false;
    if (this.interval !== undefined && this.times.length >= fewestReadings) return true;
    return kind === "sensor" || kind === "loop";
  }

  add(time: number, mgdl: number): void {
    this.unordered.times.push(time);
    this.unordered.values.push(mgdl);
  }

  /** To be called once, after the last reading. */
  finish(): void {
    const [times, values] = [this.unordered.times.all(), this.unordered.values.all()];
    const order = Uint32Array.from(times, (_, index) => index).sort((one, other) => times[one]! - times[other]!);
    this.times = Float64Array.from(order, (index) => times[index]!);
    this.values = Float64Array.from(order, (index) => values[index]!);
    const gaps = this.times
      .map((time, index) => (index === 0 ? 0 : time - this.times[index - 1]!))
      .filter((gap) => gap > 0);
    if (gaps.length < 3) return;
    const median = gaps.sort()[gaps.length >> 1]! / minute;
    const found = known.find(([, widest]) => median <= widest);
    this.interval = found && found[0] * minute;
  }

  /** The reading that is nearest to a moment, if it is no further than that: its place, or -1. */
  nearest(time: number, within: number): number {
    const after = firstFrom(this.times, time);
    const [next = Infinity, last = -Infinity] = [this.times[after], this.times[after - 1]];
    const isNext = next - time <= time - last;
    return Math.min(next - time, time - last) > within ? -1 : isNext ? after : after - 1;
  }
}
