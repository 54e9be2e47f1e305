import { bands, createSummarizer, type Reading, summarize } from "@tideway/metrics";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { day, minute, randomNumbers, readingAt, series, shuffled } from "./series.ts";

/** Stretches of sensors as people wear them: a few days each, at one of the cadences there are, gaps between them or none. */
const stretches = fc.array(
  fc.record({
    cadence: fc.constantFrom(1, 2, 3, 5, 10, 15),
    hours: fc.integer({ min: 12, max: 60 }),
    gap: fc.constantFrom(0, 0, 2, 30),
    device: fc.constantFrom(undefined, "A", "B"),
    seed: fc.integer({ min: 1, max: 1e9 })
  }),
  { minLength: 1, maxLength: 5 }
);
type Stretches = typeof stretches extends fc.Arbitrary<infer S> ? S : never;

const readingsOf = (all: Stretches): ReadonlyArray<Reading> => {
  let from = 0;
  return all.flatMap(({ cadence, hours, gap, device, seed }) => {
    const random = randomNumbers(seed);
    const to = from + hours * 60 * minute;
    const readings = series(cadence * minute, [from, to], () => 40 + Math.floor(300 * random()), { deviceId: device });
    from = to + gap * 60 * minute;
    return readings;
  });
};

const runs = { numRuns: 25 };

describe("for any series of sensors", () => {
  it("the time covered is the time that they were worn", () => {
    fc.assert(
      fc.property(stretches, (all) => {
        const worn = all.reduce((sum, { hours }) => sum + hours * 60 * minute, 0);
        // A stretch ends with the last reading, within one interval of the next.
        expect(Math.abs(summarize(readingsOf(all)).covered - worn)).toBeLessThanOrEqual(all.length * 15 * minute);
      }),
      runs
    );
  });

  it("shares add up to 100, the tight range is within 70 to 180, and percentiles rise", () => {
    fc.assert(
      fc.property(stretches, (all) => {
        const summary = summarize(readingsOf(all));
        expect(bands.reduce((sum, band) => sum + summary.bands[band], 0)).toBeCloseTo(100, 9);
        expect(summary.tightRange).toBeLessThanOrEqual(summary.bands.target + 1e-9);
        const rising = Object.values(summary.percentiles);
        expect(rising.toSorted((a, b) => a - b)).toEqual(rising);
        expect(summary.sensorActive).toBeLessThanOrEqual(100);
      }),
      runs
    );
  });

  it("the order changes nothing", () => {
    fc.assert(
      fc.property(stretches, fc.integer({ min: 1 }), (all, seed) => {
        const readings = readingsOf(all);
        expect(summarize(shuffled(readings, randomNumbers(seed)))).toEqual(summarize(readings));
      }),
      runs
    );
  });

  it("doubling some or all changes nothing but the count of doubles", () => {
    fc.assert(
      fc.property(stretches, fc.integer({ min: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (all, seed, share) => {
        const random = randomNumbers(seed);
        const readings = readingsOf(all);
        const again = readings
          .filter(() => random() < share)
          .map((reading) => {
            const later = Date.parse(reading.time) + Math.floor(1500 * random());
            return { ...reading, time: new Date(later).toISOString() };
          });
        const summary = summarize([...again, ...readings]);
        expect(summary.leftOut.doubles).toBe(again.length);
        expect({ ...summary, ignored: 0, leftOut: {} }).toEqual({ ...summarize(readings), ignored: 0, leftOut: {} });
      }),
      runs
    );
  });

  it("scaling glucose scales mean, spread and percentiles, and leaves the variation as it is", () => {
    fc.assert(
      fc.property(stretches, (all) => {
        const readings = readingsOf(all);
        const [one, twice] = [readings, readings.map((reading) => ({ ...reading, value: 2 * reading.value }))].map(
          (some) => summarize(some)
        );
        expect(twice?.mean).toBeCloseTo(2 * (one?.mean as number), 8);
        expect(twice?.sd).toBeCloseTo(2 * (one?.sd as number), 8);
        expect(twice?.cv).toBeCloseTo(one?.cv as number, 8);
        expect(twice?.covered).toBe(one?.covered);
      }),
      runs
    );
  });

  it("the days add up to the whole", () => {
    fc.assert(
      fc.property(stretches, fc.integer({ min: 1, max: 4 }), (all, days) => {
        const summarizer = createSummarizer({ timeZone: "America/St_Johns" });
        for (const reading of readingsOf(all)) summarizer.add(reading);
        const whole = summarizer.summary();
        const parts = summarizer.periods(days).map(({ statistics }) => statistics);
        const sum = (number: (part: (typeof parts)[number]) => number) =>
          parts.reduce((sum, part) => sum + (part.count === 0 ? 0 : number(part)), 0);
        expect(sum(({ count }) => count)).toBe(whole.count);
        expect(sum(({ days }) => days)).toBe(whole.days);
        expect(sum(({ covered }) => covered) / whole.covered).toBeCloseTo(1, 9);
        expect(sum(({ covered, mean }) => covered * (mean as number)) / whole.covered).toBeCloseTo(
          whole.mean as number,
          8
        );
      }),
      runs
    );
  });

  it("a reading years away changes nothing", () => {
    fc.assert(
      fc.property(stretches, fc.integer({ min: 1000, max: 60_000 }), (all, daysLater) => {
        const readings = readingsOf(all);
        const summary = summarize([readingAt(daysLater * day, 40), ...readings]);
        expect(summary.leftOut.apart).toBe(1);
        expect(summary.bands).toEqual(summarize(readings).bands);
      }),
      runs
    );
  });
});
