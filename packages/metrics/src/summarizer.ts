import { type Band, bandOf } from "./band.ts";
import { gmi } from "./gmi.ts";
import { gri } from "./gri.ts";
import { type Reading, sampleOf } from "./reading.ts";
import type { Summary, Withheld } from "./summary.ts";
import { type Targets, targetSets } from "./targets.ts";

/** How to count. */
export interface SummaryOptions {
  /** Where the bands meet. Default: `targetSets.standard`. */
  readonly targets?: Targets;
}

/** Takes readings one by one, in any order, and says at any time what they add up to so far. */
export interface Summarizer {
  add(reading: Reading): void;
  summary(): Summary;
}

const dayLength = 86_400_000;
const readingsForSd = 30;
const daysForGmi = 14;
const activeForGmi = 0.7 * daysForGmi * dayLength;

const withheld = (reason: string): Withheld => ({ withheld: reason });

/** Starts a summary that sees each reading once and keeps none: it holds the days seen and some sums. */
export const createSummarizer = ({ targets = targetSets.standard }: SummaryOptions = {}): Summarizer => {
  const time: Record<Band, number> = { veryLow: 0, low: 0, target: 0, high: 0, veryHigh: 0 };
  const days = new Set<number>();
  let [count, ignored, covered, mean, squares] = [0, 0, 0, 0, 0];
  let [first, last, end] = [Infinity, -Infinity, -Infinity];

  const share = (milliseconds: number): number => (covered === 0 ? 0 : (100 * milliseconds) / covered);

  return {
    add: (reading) => {
      const sample = sampleOf(reading);
      if (sample === undefined) {
        ignored += 1;
        return;
      }
      count += 1;
      covered += sample.interval;
      time[bandOf(sample.mgdl, targets)] += sample.interval;
      days.add(sample.day);
      first = Math.min(first, sample.time);
      last = Math.max(last, sample.time);
      end = Math.max(end, sample.time + sample.interval);
      // West's weighted form of Welford's sums: no digits are lost however long the series.
      const distance = sample.mgdl - mean;
      mean += (distance * sample.interval) / covered;
      squares += sample.interval * distance * (sample.mgdl - mean);
    },
    summary: () => {
      const shares = {
        veryLow: share(time.veryLow),
        low: share(time.low),
        target: share(time.target),
        high: share(time.high),
        veryHigh: share(time.veryHigh)
      };
      const none = withheld("There are no CGM readings.");
      const few = withheld(`This needs at least ${readingsForSd} CGM readings; there are ${count}.`);
      const sd = Math.sqrt((squares / covered) * (count / (count - 1)));
      return {
        count,
        ignored,
        first: count === 0 ? undefined : first,
        last: count === 0 ? undefined : last,
        days: days.size,
        covered,
        sensorActive: count === 0 ? 0 : Math.min(100, (100 * covered) / (end - first)),
        bands: shares,
        mean: count === 0 ? none : mean,
        sd: count < readingsForSd ? few : sd,
        cv: count < readingsForSd || mean === 0 ? few : (100 * sd) / mean,
        gmi: days.size < daysForGmi || covered < activeForGmi ? shortForGmi(days.size, covered) : gmi(mean),
        gri: count === 0 ? none : gri(shares)
      };
    }
  };
};

const shortForGmi = (days: number, covered: number): Withheld =>
  withheld(
    `GMI needs CGM readings on at least ${daysForGmi} days, covering 70 % of ${daysForGmi} days; ` +
      `days with readings here: ${days}, covered: ${(covered / dayLength).toFixed(1)}.`
  );

/** What readings add up to, in a single pass over them. */
export const summarize = (readings: Iterable<Reading>, options: SummaryOptions = {}): Summary => {
  const summarizer = createSummarizer(options);
  for (const reading of readings) summarizer.add(reading);
  return summarizer.summary();
};

/** The share of time in each band, in percent; each reading weighs as much as the time it stands for. */
export const timeInRange = (readings: Iterable<Reading>, options: SummaryOptions = {}): Summary["bands"] =>
  summarize(readings, options).bands;
