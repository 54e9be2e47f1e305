import { firstFrom, GrowingNumbers } from "../../phone-health/growing-numbers.ts";
import { healthSource } from "../../phone-health/health-source.ts";

/** So much of an interval reaches into the next one where clocks of pump and phone differ a little. */
const jitter = 0.1;

/** What a basal interval becomes in a timeline without overlaps. */
export interface BasalPlace {
  /** How long it runs until it ends or the next begins: in milliseconds. */
  readonly duration: number;
  /** Whether all that it says was delivered in that time; else the next one interrupted it. */
  readonly isWhole: boolean;
}

/** Basal insulin of all sources in one timeline: a person has one pump. In 24 bytes an interval. */
export class BasalIntervals {
  private readonly sources: Array<string> = [];
  private readonly unordered = {
    starts: new GrowingNumbers(),
    ends: new GrowingNumbers(),
    sources: new GrowingNumbers()
  };
  private starts = new Float64Array(0);
  private ends = new Float64Array(0);
  private owners = new Float64Array(0);
  /** Where each ends in the timeline; `NaN` where another one covers it. */
  private cuts = new Float64Array(0);

  add(source: string, start: number, end: number): void {
    this.unordered.starts.push(start);
    this.unordered.ends.push(end);
    this.unordered.sources.push(this.indexOf(source));
  }

  private indexOf(source: string): number {
    const index = this.sources.indexOf(source);
    return index < 0 ? this.sources.push(source) - 1 : index;
  }

  /** To be called once, after the last interval. */
  finish(): void {
    const [starts, ends, owners] = [
      this.unordered.starts.all(),
      this.unordered.ends.all(),
      this.unordered.sources.all()
    ];
    const ranks = this.sources.map((source) => healthSource(source).rank);
    const rankOf = (index: number): number => ranks[owners[index]!]!;
    const order = Uint32Array.from(starts, (_, index) => index).sort(
      (one, other) =>
        starts[one]! - starts[other]! ||
        rankOf(one) - rankOf(other) ||
        owners[one]! - owners[other]! ||
        ends[other]! - ends[one]!
    );
    this.starts = Float64Array.from(order, (index) => starts[index]!);
    this.ends = Float64Array.from(order, (index) => ends[index]!);
    this.owners = Float64Array.from(order, (index) => owners[index]!);
    this.cuts = this.ends.slice();
    this.layOut(ranks);
  }

  private layOut(ranks: ReadonlyArray<number>): void {
    const { starts, ends, owners, cuts } = this;
    let last = -1;
    for (let at = 0; at < starts.length; at++) {
      if (last >= 0 && starts[at]! < cuts[last]!) {
        const isSame = starts[at] === starts[last];
        const isJitter = cuts[last]! - starts[at]! <= jitter * (ends[last]! - starts[last]!);
        const isLess = ranks[owners[at]!]! > ranks[owners[last]!]!;
        if (isSame || (isLess && !isJitter)) {
          // A copy of the same interval shares its place.
          const isCopy = isSame && ends[at] === ends[last] && owners[at] === owners[last];
          cuts[at] = isCopy ? cuts[last]! : Number.NaN;
          if (!isCopy) continue;
        } else cuts[last] = starts[at]!;
      }
      last = at;
    }
  }

  /** The place of an interval that was added; `undefined` where another one covers it. */
  placeOf(source: string, start: number, end: number): BasalPlace | undefined {
    const owner = this.sources.indexOf(source);
    for (let at = firstFrom(this.starts, start); this.starts[at] === start; at++) {
      if (this.owners[at] !== owner || this.ends[at] !== end) continue;
      // Of copies the last one was cut where the next interval begins.
      const isLast = this.starts[at + 1] !== start || this.ends[at + 1] !== end || this.owners[at + 1] !== owner;
      if (!isLast) continue;
      const cut = this.cuts[at]!;
      if (Number.isNaN(cut)) return undefined;
      return { duration: cut - start, isWhole: end - cut <= jitter * (end - start) };
    }
    return undefined;
  }
}
