import type { DatumModel } from "@tideway/schemas";
import { type Item, jsonOf } from "../../contract/item.ts";
import type { Sample } from "../../contract/ledger.ts";
import { expectedOf, printOf } from "../verify/expected.ts";

/** Neighbours in the source, and so in time as a rule: one small request reads them back. */
export const windowSize = 32;

/** Of the first chunk of a run more are kept: most runs have one. */
const fromFirst = 256;

/** Windows that one run keeps at most, beside the newest. */
const mostWindows = 16;

/** Samples that a session keeps at most: some 80 kB. */
const most = 768;

/** What it takes to make a sample, should it be kept: that costs more than this. */
interface Candidate {
  readonly originId: string;
  readonly fingerprint: string;
  readonly json: string;
}

const candidateOf = (item: Item): Candidate => {
  const { originId, fingerprint } = item;
  return { originId, fingerprint, json: jsonOf(item) };
};

const sampleOf = (model: DatumModel, { originId, fingerprint, json }: Candidate): Sample | undefined => {
  const datum = JSON.parse(json) as Readonly<Record<string, unknown>>;
  const own = expectedOf(model, datum).find(([id, { type }]) => id === originId && type === datum["type"]);
  const time = Date.parse(String(datum["time"]));
  if (!own || Number.isNaN(time)) return undefined;
  return { originId, fingerprint, type: String(datum["type"]), time, print: printOf(own[1]) };
};

/** The newest of each id; of the older ones every second window, where they are too many. */
const thinned = (samples: ReadonlyArray<Sample>): ReadonlyArray<Sample> => {
  // Where an id comes again, it stands where it came last.
  const last = new Map<string, Sample>();
  for (const sample of samples) {
    last.delete(sample.originId);
    last.set(sample.originId, sample);
  }
  let kept = [...last.values()];
  while (kept.length > most) {
    const older = kept.slice(0, -most / 2);
    const newer = kept.slice(-most / 2);
    kept = [...older.filter((_, index) => Math.floor(index / windowSize) % 2 === 1), ...newer];
  }
  return kept;
};

/** Picks datums from all over a run while they are acknowledged, and the newest: evenly, however long the run is. */
export class Sampler {
  private windows: Array<ReadonlyArray<Candidate>> = [];
  /** The last datums of the chunk that is furthest in the source, and how far that is. */
  private newest: ReadonlyArray<Candidate> = [];
  private furthest = -1;
  private seen = 0;
  private stride = 1;

  /** A chunk was acknowledged. */
  add(items: ReadonlyArray<Item>) {
    const isFirst = this.seen === 0;
    const count = isFirst ? fromFirst : windowSize;
    // Not always the same place in a chunk.
    const from = isFirst ? 0 : (this.seen * 331) % Math.max(items.length - count, 1);
    const { index } = items.at(-1)!;
    if (index > this.furthest) {
      this.furthest = index;
      this.newest = items.slice(-windowSize).map(candidateOf);
    }
    if (this.seen++ % this.stride === 0) this.windows.push(items.slice(from, from + count).map(candidateOf));
    if (this.windows.length <= mostWindows) return;
    this.windows = this.windows.filter((_, index) => index % 2 === 0);
    this.stride *= 2;
  }

  /** Whether nothing was acknowledged. */
  get isEmpty(): boolean {
    return this.seen === 0;
  }

  /** What earlier runs kept, and what this one adds. */
  join(earlier: ReadonlyArray<Sample>, model: DatumModel): ReadonlyArray<Sample> {
    const candidates = [...this.windows, this.newest].flat();
    return thinned([...earlier, ...candidates.flatMap((candidate) => sampleOf(model, candidate) ?? [])]);
  }
}
