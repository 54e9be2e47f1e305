import { type Basal, type BasalSegment, basalTimeline, check } from "@tideway/schemas";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

const scheduled = { type: "basal", deliveryType: "scheduled", rate: 0.8 } as const;
const temp = { type: "basal", deliveryType: "temp", rate: 0.2 } as const;
const suspend = { type: "basal", deliveryType: "suspend" } as const;
const minute = 60_000;
const day = 86_400_000;

const shown = (basals: ReadonlyArray<Basal>) =>
  basals.map(
    ({ time, deliveryType, duration, expectedDuration }) =>
      `${time.slice(11, 16)} ${deliveryType} ${duration / minute}${expectedDuration === undefined ? "" : ` of ${expectedDuration / minute}`}`
  );
const originIds = (basals: ReadonlyArray<Basal>) => basals.map(({ origin }) => origin?.id);

describe("a basal that becomes several datums", () => {
  const long = { ...suspend, time: "2026-04-01T00:00:00Z", origin: { id: "suspend-1", name: "org.example" } };

  it("gives each its own origin id, made of the given one and the time of its start", () => {
    const basals = basalTimeline([long], { until: "2026-04-18T00:00:00Z" });
    expect(basals.map(({ duration }) => duration / day)).toEqual([7, 7, 3]);
    expect(basals.map(({ origin }) => origin)).toEqual([
      { id: "suspend-1", name: "org.example" },
      { id: "suspend-1@2026-04-08T00:00:00.000Z", name: "org.example" },
      { id: "suspend-1@2026-04-15T00:00:00.000Z", name: "org.example" }
    ]);
  });

  it("keeps those ids when the timeline goes on, or begins earlier", () => {
    const short = originIds(basalTimeline([long], { until: "2026-04-10T00:00:00Z" }));
    const before = { ...scheduled, time: "2026-03-01T00:00:00Z", origin: { id: "s" } };
    const longer = originIds(basalTimeline([before, long], { until: "2026-05-01T00:00:00Z" }));
    expect(longer).toEqual(expect.arrayContaining(short));
    expect(new Set(longer).size).toBe(longer.length);
  });

  it("keeps within what the platform takes as an origin id, and apart what differs only at its end", () => {
    const of = (id: string) => basalTimeline([{ ...long, origin: { id } }], { until: "2026-04-18T00:00:00Z" });
    const ids = [..."ab"].flatMap((end) => originIds(of("x".repeat(99) + end)));
    expect(new Set(ids).size).toBe(6);
    for (const basal of of("💉".repeat(100))) expect(check(basal)).toEqual({ ok: true });
  });

  it("gives the id to the first alone: the platform makes one for the others", () => {
    const id = "0123456789abcdef0123456789abcdef";
    const basals = basalTimeline([{ ...suspend, time: "2026-04-01T00:00:00Z", id }], { until: "2026-04-11T00:00:00Z" });
    expect(basals.map((basal) => basal.id)).toEqual([id, undefined]);
  });

  it("moves the device's clock and the origin's time along", () => {
    const clock = { deviceTime: "2026-04-01T02:00:03", timezoneOffset: 120 };
    const origin = { id: "s", time: "2026-04-01T02:00:00+02:00" };
    const basals = basalTimeline([{ ...scheduled, ...clock, origin, time: "2026-04-01T00:00:00Z" }], {
      until: "2026-04-10T00:00:00Z"
    });
    expect(basals).toMatchObject([
      { ...clock, origin },
      { deviceTime: "2026-04-08T02:00:03", timezoneOffset: 120, origin: { time: "2026-04-08T00:00:00.000Z" } }
    ]);
  });

  it("does the same for what fills gaps, though it is the same for each of them", () => {
    const fill = () => ({
      ...scheduled,
      id: "0123456789abcdef0123456789abcdef",
      deviceTime: "2026-04-01T02:00:00",
      timezoneOffset: 120,
      origin: { id: "fill" }
    });
    const segments = ["2026-04-01T00:00:00Z", "2026-04-02T00:00:00Z"].map((time) => ({
      ...temp,
      time,
      duration: 60 * minute
    }));
    const basals = basalTimeline(segments, { until: "2026-04-12T00:00:00Z", fill });
    const filled = basals.filter(({ deliveryType }) => deliveryType === "scheduled");
    expect(filled.map(({ id, deviceTime, origin }) => [id, deviceTime, origin?.id])).toEqual([
      [undefined, "2026-04-01T03:00:00", "fill@2026-04-01T01:00:00.000Z"],
      [undefined, "2026-04-02T03:00:00", "fill@2026-04-02T01:00:00.000Z"],
      [undefined, "2026-04-09T03:00:00", "fill@2026-04-09T01:00:00.000Z"]
    ]);
  });

  it("joins what goes on unchanged though the clock went on meanwhile", () => {
    const of = (hour: string) => ({
      ...scheduled,
      time: `2026-04-01T${hour}:00:00Z`,
      deviceTime: `2026-04-01T${hour}:00:00`
    });
    expect(shown(basalTimeline([of("00"), of("01")], { until: "2026-04-01T02:00:00Z" }))).toEqual([
      "00:00 scheduled 120"
    ]);
  });
});

describe("a basal that another one interrupts", () => {
  const at = (time: string) => `2026-04-08T${time}:00Z`;
  const segments: ReadonlyArray<BasalSegment> = [
    { ...temp, time: at("10:00"), duration: 60 * minute, origin: { id: "t" } },
    { ...suspend, time: at("10:20"), duration: 10 * minute, origin: { id: "s" } }
  ];
  const until = at("12:00");

  it("goes on after it where the caller asks for that, as long as it was meant to", () => {
    const basals = basalTimeline(segments, { until, fill: () => scheduled, resume: true });
    expect(shown(basals)).toEqual(["10:00 temp 20 of 60", "10:20 suspend 10", "10:30 temp 30", "11:00 scheduled 60"]);
    expect(originIds(basals)).toEqual(["t", "s", "t@2026-04-08T10:30:00.000Z", undefined]);
  });

  it("ends there otherwise", () => {
    const basals = basalTimeline(segments, { until, fill: () => scheduled });
    expect(shown(basals)).toEqual(["10:00 temp 20 of 60", "10:20 suspend 10", "10:30 scheduled 90"]);
  });

  it("is told with what was left of it when it is cut short a second time", () => {
    const cancel = { ...temp, rate: 0, time: at("10:40"), duration: 0 };
    const basals = basalTimeline([...segments, cancel], { until, resume: true });
    expect(shown(basals)).toEqual(["10:00 temp 20 of 60", "10:20 suspend 10", "10:30 temp 10 of 30"]);
  });

  it("goes on at every depth, an open one too, until another of its own kind begins", () => {
    const basals = basalTimeline(
      [
        { ...scheduled, time: at("08:00") },
        ...segments,
        { ...temp, rate: 2, time: at("10:50"), duration: 20 * minute },
        { ...scheduled, rate: 1, time: at("11:30") }
      ],
      { until, resume: true }
    );
    expect(shown(basals)).toEqual([
      "08:00 scheduled 120",
      "10:00 temp 20 of 60",
      "10:20 suspend 10",
      "10:30 temp 20 of 30",
      "10:50 temp 20",
      "11:10 scheduled 20",
      "11:30 scheduled 30"
    ]);
  });

  it("goes on where a function says so for the two of them", () => {
    const two = [
      { ...temp, time: at("10:00"), duration: 60 * minute },
      { ...temp, rate: 3, time: at("10:10"), duration: 10 * minute }
    ];
    expect(shown(basalTimeline(two, { until, resume: true }))).toEqual(["10:00 temp 10 of 60", "10:10 temp 10"]);
    const resume = (interrupted: BasalSegment, by: BasalSegment) =>
      interrupted.deliveryType === "temp" && by.deliveryType === "temp";
    expect(shown(basalTimeline(two, { until, resume }))).toEqual([
      "10:00 temp 10 of 60",
      "10:10 temp 10",
      "10:20 temp 40"
    ]);
  });

  it("was meant to last a week at most by each of its datums", () => {
    const [first, second] = basalTimeline([{ ...scheduled, time: "2026-04-01T00:00:00Z", duration: 20 * day }], {
      until: "2026-04-11T00:00:00Z"
    });
    expect(first).not.toHaveProperty("expectedDuration");
    expect(second).toMatchObject({ duration: 3 * day, expectedDuration: 7 * day });
  });
});

it("never lets two basals overlap or share an id, and never refuses its own, whatever it is given", () => {
  const start = Date.parse("2026-04-01T00:00:00Z");
  const segment = fc
    .record({
      content: fc.constantFrom(scheduled, temp, suspend),
      after: fc.integer({ min: 0, max: 40 * 24 }),
      hours: fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined }),
      expected: fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined, freq: 5 })
    })
    .map(({ content, after, hours, expected }) => ({
      ...content,
      time: new Date(start + after * 60 * minute).toISOString(),
      duration: hours === undefined ? undefined : hours * 60 * minute,
      expectedDuration:
        expected === undefined || (hours !== undefined && expected < hours)
          ? undefined
          : Math.min(168, expected) * 60 * minute
    }));
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 12 }), fc.boolean(), fc.boolean(), (made, resume, join) => {
      const segments = made.map((each, index) => ({ ...each, origin: { id: `o-${index}` } })) as Array<BasalSegment>;
      const until = new Date(start + 45 * day).toISOString();
      const basals = basalTimeline(segments, {
        until,
        resume,
        join,
        fill: () => ({ ...scheduled, origin: { id: "f" } })
      });
      let last = 0;
      for (const basal of basals) {
        expect(check(basal)).toEqual({ ok: true });
        expect(Date.parse(basal.time)).toBeGreaterThanOrEqual(last);
        last = Date.parse(basal.time) + basal.duration;
      }
      if (basals.length > 0) expect(last).toBe(Date.parse(until));
      expect(new Set(originIds(basals)).size).toBe(basals.length);
      // What is known a day later changes no id of what was known before.
      const later = originIds(
        basalTimeline(segments, {
          until: new Date(start + 46 * day).toISOString(),
          resume,
          join,
          fill: () => ({ ...scheduled, origin: { id: "f" } })
        })
      );
      expect(later).toEqual(expect.arrayContaining(originIds(basals)));
    })
  );
});
