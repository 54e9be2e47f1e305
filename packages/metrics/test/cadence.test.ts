import { type Reading, summarize } from "@tideway/metrics";
import { describe, expect, it } from "vitest";
import { day, jittered, minute, randomNumbers, readingAt, series, shuffled } from "./series.ts";

const libre = { deviceId: "AbbottFreeStyleLibre3-1" };
const week1 = [0, 7 * day] as const;
const week2 = [7 * day, 14 * day] as const;
const both = [0, 14 * day] as const;

const twice = (readings: ReadonlyArray<Reading>, later: () => number, change = 0) =>
  readings.flatMap((reading) => [
    reading,
    {
      ...reading,
      value: reading.value + change,
      time: new Date(Date.parse(reading.time) + Math.round(later())).toISOString()
    }
  ]);

describe("what a reading stands for, where it does not say", () => {
  it.for([1, 2, 3, 5, 10, 15, 20, 30])("is %s minutes, where the sensor records as often", (every) => {
    const summary = summarize(series(every * minute, both, 120));
    expect(summary.sensorActive).toBeCloseTo(100, 6);
    expect(summary.covered).toBeCloseTo(14 * day, 6);
  });

  it.for([
    [1, 5],
    [5, 1],
    [1, 15],
    [15, 5],
    [3, 2],
    [5, 15]
  ])("is right on both sides of a change from %s to %s minutes", ([before = 0, after = 0]) => {
    const all = [...series(before * minute, week1, 120), ...series(after * minute, week2, 220)];
    expect(summarize(all).bands.target).toBeCloseTo(50, 2);
    expect(summarize(all.map((reading) => ({ ...reading, ...libre }))).bands.target).toBeCloseTo(50, 2);
  });

  it("is a minute also for a lone reading of a sensor that recorded each minute", () => {
    const all = [...series(minute, [0, 3 * day], 120), readingAt(14 * day - minute, 120)];
    expect(summarize(all).sensorActive).toBeCloseTo((100 * 3) / 14, 1);
  });

  it.for([10, 30, 60])("is 5 minutes for a clock that strays by %s seconds", (seconds) => {
    const all = jittered(series(5 * minute, both, 120), seconds * 1000, randomNumbers(seconds));
    const { covered, sensorActive } = summarize(all);
    expect(covered / day).toBeCloseTo(14, 1);
    expect(sensorActive).toBeGreaterThan(99);
  });

  it.for([0.1, 0.3, 0.5, 0.7])("stays 5 minutes where %s of the readings are missing", (missing) => {
    const random = randomNumbers(7);
    const all = series(5 * minute, both, 120).filter(() => random() >= missing);
    expect(summarize(all).covered).toBe(all.length * 5 * minute);
  });

  it("follows a Libre that streams each minute by day, and gives 15-minute history of the nights", () => {
    const days = Array.from({ length: 14 }, (_, index) => index * day);
    const all = days.flatMap((at) => [
      ...series(15 * minute, [at, at + 8 * 60 * minute], 60, libre),
      ...series(minute, [at + 8 * 60 * minute, at + day], 120, libre)
    ]);
    const { bands, sensorActive } = summarize(all);
    expect(bands.low).toBeCloseTo(100 / 3, 1);
    expect(sensorActive).toBeCloseTo(100, 1);
  });

  it("follows a Libre whose stream and history change by the hour", () => {
    const all = Array.from({ length: 336 }, (_, hour) => [hour * 60 * minute, (hour + 1) * 60 * minute] as const);
    const readings = all.flatMap((span, hour) =>
      series((hour % 2 === 0 ? 1 : 15) * minute, span, hour % 2 === 0 ? 120 : 220)
    );
    expect(summarize(readings).bands.target).toBeCloseTo(50, 0);
    expect(summarize(readings).sensorActive).toBeGreaterThan(99);
  });

  it("counts the 15-minute history of the time in which a Libre also streams no more than that time", () => {
    const history = series(15 * minute, [20_000, 14 * day], 120, libre);
    const stream = series(minute, week1, 120, libre);
    const week2High = history.map((reading, index) =>
      index < history.length / 2 ? reading : { ...reading, value: 220 }
    );
    const { bands, sensorActive } = summarize([...stream, ...week2High]);
    expect(bands.target).toBeCloseTo(50, 0);
    expect(sensorActive).toBeGreaterThan(99);
  });

  it("holds as the reading states it, unless readings plainly come more often", () => {
    const rare = series(15 * minute, [0, day], 120, { sampleInterval: 5 * minute });
    expect(summarize(rare).covered).toBe(day / 3);
    const often = series(minute, [0, day], 120, { sampleInterval: 5 * minute });
    expect(summarize(often).covered).toBe(day);
  });
});

describe("two sensors at a time", () => {
  const names = [{ deviceId: "A" }, { deviceId: "B" }] as const;

  it.for([0, 7_000, 60_000, 150_000])("share the time, %s ms apart, told apart or not", (apart) => {
    for (const [one, other] of [names, [{}, {}]] as const) {
      const all = [
        ...series(5 * minute, both, (index) => (index % 2 === 0 ? 120 : 122), one),
        ...series(5 * minute, [apart, 7 * day + apart], 60, other)
      ];
      const { bands, covered, sensorActive } = summarize(all);
      expect(bands.low).toBeCloseTo(25, 0);
      expect(covered / day).toBeCloseTo(14, 1);
      expect(sensorActive).toBeGreaterThan(99);
    }
  });

  it.for([17_000, 100_000])(
    "share the time, %s ms apart, though both miss readings and nothing tells them apart",
    (apart) => {
      const random = randomNumbers(apart);
      const two = [...series(5 * minute, week1, 120), ...series(5 * minute, [apart, 7 * day + apart], 130)];
      const { bands, covered } = summarize([...two.filter(() => random() > 0.1), ...series(5 * minute, week2, 220)]);
      expect(Math.abs(covered / day - 14)).toBeLessThan(0.3);
      expect(Math.abs(bands.target - 50)).toBeLessThan(1);
    }
  );

  it("do not make their week weigh more than the week of one", () => {
    const all = [
      ...series(5 * minute, week1, 120, names[0]),
      ...series(minute, week1, 125, names[1]),
      ...series(5 * minute, week2, 220, names[0])
    ];
    expect(summarize(all).bands.target).toBeCloseTo(50, 6);
  });

  it("count as one while the other is silent", () => {
    const all = [...series(5 * minute, week1, 120, names[0]), ...series(5 * minute, week2, 220, names[1])];
    expect(summarize(all)).toMatchObject({ covered: 14 * day, sensorActive: 100, bands: { target: 50 } });
  });
});

describe("readings that came twice", () => {
  const single = series(5 * minute, week1, (index) => 100 + (index % 40));

  it.for<[name: string, least: number, most: number]>([
    ["at the same moment", 0, 0],
    ["0.2 to 0.6 s later", 200, 600],
    ["a second later", 900, 1100],
    ["two seconds later", 2000, 2000]
  ])("%s count once", ([, least, most]) => {
    const random = randomNumbers(most);
    const later = () => least + (most - least) * random();
    for (const change of [0, 1, -2]) {
      const { leftOut, ...rest } = summarize(twice(single, later, most === 0 ? 0 : change));
      const { leftOut: none, ...expected } = summarize(single);
      expect({ ...rest, ignored: 0 }).toEqual(expected);
      expect([leftOut.doubles, none.doubles]).toEqual([single.length, 0]);
    }
  });

  it("count once where only some of the days are doubled", () => {
    const all = [...twice(single, () => 500), readingAt(14 * day - 5 * minute, 120)];
    expect(summarize(all).sensorActive).toBeCloseTo(50, 1);
  });

  it("share their time where the values differ: nobody knows which is right", () => {
    const all = [...series(5 * minute, week1, 120), ...series(5 * minute, [500, 7 * day], 300)];
    expect(summarize(all)).toMatchObject({
      bands: { target: 50, veryHigh: 50 },
      covered: 7 * day,
      leftOut: { doubles: 0 }
    });
  });

  it("of two devices are two readings, which share the time", () => {
    const one = single.map((reading) => ({ ...reading, deviceId: "share" }));
    const summary = summarize([...one, ...one.map((reading) => ({ ...reading, deviceId: "app" }))]);
    expect(summary).toMatchObject({ covered: 7 * day, count: 2 * single.length, bands: summarize(single).bands });
  });

  it("each count where that is asked for", () => {
    expect(
      summarize(
        twice(single, () => 500),
        { doubles: "each" }
      ).count
    ).toBe(2 * single.length);
  });
});

describe("the order of readings", () => {
  it("changes nothing", () => {
    const random = randomNumbers(3);
    const all = [
      ...series(15 * minute, [20_000, 14 * day], 120, libre),
      ...jittered(series(5 * minute, week1, 200, { deviceId: "dexcom" }), 20_000, random),
      ...twice(
        series(minute, [2 * day, 5 * day], (index) => 60 + (index % 200), libre),
        () => 300,
        1
      )
    ];
    const expected = summarize(all);
    for (let time = 0; time < 5; time++) expect(summarize(shuffled(all, random))).toEqual(expected);
  });
});
