import {
  type Chart,
  chartColours,
  coverageCalendar,
  dayChart,
  EventCollector,
  historyChart,
  profileChart,
  renderFigure,
  renderSvg,
  type Shape,
  seriesOf,
  timeInRangeChart
} from "@tideway/charts";
import { createSummarizer, type ProfileBin, summarize, targetSets } from "@tideway/metrics";
import { describe, expect, it } from "vitest";

const start = Date.UTC(2026, 2, 1);
const fiveMinutes = 300_000;
const readings = (days: number, valueAt: (index: number) => number, from = start) =>
  Array.from({ length: days * 288 }, (_, index) => ({ time: from + index * fiveMinutes, mgdl: valueAt(index) }));
const cbg = ({ time, mgdl }: { readonly time: number; readonly mgdl: number }) => ({
  type: "cbg",
  time: new Date(time).toISOString(),
  value: mgdl,
  units: "mg/dL"
});

const flat = (shapes: ReadonlyArray<Shape | string>): ReadonlyArray<Shape> =>
  shapes.flatMap((one) => (typeof one === "string" ? [] : [one, ...flat(one.children)]));
const texts = ({ shapes }: Chart) =>
  flat(shapes).flatMap(({ tag, children }) => (tag === "text" ? [children.join("")] : []));
const paths = ({ shapes }: Chart) => flat(shapes).filter(({ tag }) => tag === "path");

describe("time in range", () => {
  const shares = { veryHigh: 6, high: 14, target: 76, low: 3.96, veryLow: 0.04 };

  it("says share, time a day, goal and whether it is met, from the top", () => {
    const chart = timeInRangeChart({ bands: shares, count: 4000 });
    expect(chart.finding).toBe("Time in range 76 %, below 4 %, above 20 %. Goals not met: low, very high.");
    expect(chart.table().rows).toEqual([
      ["Very high", "over 250", "6 %", "1 h 26 min", "goal under 5 %: not met"],
      ["High", "181–250", "14 %", "3 h 22 min", "goal with very high, under 25 %: met"],
      ["In range", "70–180", "76 %", "18 h 14 min", "goal over 70 %: met"],
      ["Low", "54–69", "4 %", "57 min", "goal with very low, under 4 %: not met"],
      ["Very low", "under 54", "< 1 %", "1 min", "goal under 1 %: met"]
    ]);
  });

  it("draws each band as high as its share, very high at the top", () => {
    const bars = timeInRangeChart({ bands: shares, count: 1 }, { height: 200 }).shapes.filter(
      ({ tag }) => tag === "rect"
    );
    expect(bars.map(({ attributes }) => Math.round(Number(attributes["y"])))).toEqual([0, 12, 40, 192, 200]);
  });

  it("takes bounds and goals from the targets", () => {
    const chart = timeInRangeChart({ bands: shares, count: 9 }, { targets: targetSets.pregnancyType1, unit: "mmol/L" });
    expect(chart.table().rows[2]).toEqual(["In range", "3.5–7.8", "76 %", "18 h 14 min", "goal over 70 %: met"]);
    expect(chart.table().rows[0]?.at(-1)).toBe("");
  });
});

describe("the profile", () => {
  const bins = (p50: (hour: number) => number): ReadonlyArray<ProfileBin> =>
    Array.from({ length: 24 }, (_, hour) => {
      const middle = p50(hour);
      const spread = hour === 18 ? 60 : 20;
      const percentiles = {
        p5: middle - 40,
        p25: middle - spread,
        p50: middle,
        p75: middle + spread,
        p95: middle + 70
      };
      return { from: hour * 60, count: 12, percentiles };
    });

  it("says when the median is lowest and highest, and when readings vary most", () => {
    const chart = profileChart(bins((hour) => (hour === 4 ? 90 : hour === 13 ? 190 : 120)));
    expect(chart.finding).toBe(
      "The median is lowest around 04:00 (90 mg/dL) and highest around 13:00 (190 mg/dL); it is in range for 23 of 24 hours. " +
        "Readings vary most around 18:00, where half of them lie within 120 mg/dL."
    );
    expect(chart.table().rows[4]).toEqual(["04:00", "12", "50", "70", "90", "110", "160"]);
  });

  it("passes midnight without a step: both edges are at one height, for every curve", () => {
    const chart = profileChart(bins((hour) => 100 + hour * 4));
    const lines = paths(chart).slice(2);
    expect(lines).toHaveLength(5);
    for (const { attributes } of lines) {
      const numbers = String(attributes["d"]).match(/[\d.]+/g) ?? [];
      expect(numbers[1]).toBe(numbers.at(-1));
    }
  });

  it("leaves open what has no readings", () => {
    const open = bins(() => 120).map((bin, hour) => (hour < 6 ? { ...bin, count: 0, percentiles: undefined } : bin));
    const chart = profileChart(open);
    expect(chart.table().rows[0]).toEqual(["00:00", "12", "–", "–", "–", "–", "–"].with(1, "0"));
    // It begins after six o'clock.
    const [x] = String(paths(chart).at(-1)?.attributes["d"]).match(/[\d.]+/) ?? [];
    expect(Number(x)).toBeGreaterThan(200);
  });
});

describe("the history", () => {
  it("bins years into one column a pixel, in little time, and loses neither the lowest nor the highest", () => {
    const series = seriesOf(readings(365, (index) => (index === 50_000 ? 40 : index === 70_000 ? 400 : 120)));
    const chart = historyChart(series, { from: start, to: start + 365 * 86_400_000, width: 848 });
    expect(chart.finding).toBe("105,120 readings between 40 mg/dL and 400 mg/dL.");
    const columns = paths(chart).flatMap(({ attributes }) => String(attributes["d"]).match(/V/g) ?? []);
    expect(columns.length).toBeGreaterThanOrEqual(800);
    expect(columns.length).toBeLessThan(900);
    expect(chart.table().rows).toHaveLength(53);
  });

  it("draws a dot for each reading where there is room, and nothing over a gap", () => {
    const some = [...readings(1, () => 120).slice(0, 12), ...readings(1, () => 260).slice(200, 203)];
    const chart = historyChart(seriesOf(some), { from: start, to: start + 86_400_000, width: 700 });
    const dots = paths(chart).map(({ attributes }) => String(attributes["d"]).match(/h0/g)?.length);
    expect(dots).toEqual([12, 3]);
  });

  it("labels its hours by the wearer's clock, on the day that it goes forward too", () => {
    const offsetAt = (time: number) => (time < Date.UTC(2026, 2, 29, 1) ? 60 : 120);
    const from = Date.UTC(2026, 2, 28, 23);
    const chart = dayChart(seriesOf(readings(1, () => 120, from)), { day: from + 1, offsetAt });
    expect(chart.to - chart.from).toBe(23 * 3_600_000);
    expect(texts(chart).filter((text) => text.includes(":"))).toEqual([
      "00:00",
      "03:00",
      "06:00",
      "09:00",
      "12:00",
      "15:00",
      "18:00",
      "21:00"
    ]);
  });
});

describe("a day", () => {
  const at = (hours: number) => new Date(start + hours * 3_600_000).toISOString();
  const collector = new EventCollector();
  const bolus = { type: "bolus", subType: "dual/square", normal: 3, extended: 2, duration: 7_200_000, time: at(12) };
  for (const datum of [
    { type: "wizard", time: at(12), carbInput: 60, carbUnits: "grams", bolus },
    bolus,
    { type: "smbg", time: at(9), value: 5.55, units: "mmol/L" },
    { type: "basal", deliveryType: "scheduled", rate: 0.8, duration: 20 * 3_600_000, time: at(-2) },
    { type: "basal", deliveryType: "suspend", duration: 3_600_000, time: at(18) },
    { type: "food", time: at(12.0002), nutrition: { carbohydrate: { net: 60, units: "grams" } } },
    { type: "food", time: at(30), nutrition: { carbohydrate: { net: 20, units: "grams" } } }
  ])
    collector.add(datum);
  const series = seriesOf(readings(2, () => 120));
  const statistics = summarize(readings(1, () => 120).map(cbg));

  it("shows all that it has, a bolus inside its calculation and beside it once", () => {
    const chart = dayChart(series, { day: start + 1, events: collector.events, statistics });
    expect(chart.title).toMatch(/^Sunday,? 1 March 2026$/);
    expect(chart.finding).toBe(
      "288 readings, mean 120 mg/dL, 100 % in range; 1 fingerstick; 1 bolus, 5.0 units; 60 g of carbohydrates."
    );
    expect(texts(chart)).toEqual(expect.arrayContaining(["60", "5.0", "up to 0.80 U/h"]));
    expect(chart.table().rows[12]).toEqual(["12:00", "12", "120", "120", "", "5.00", "60", "0.80"]);
    expect(chart.table().rows[18]?.at(-1)).toBe("0.00");
  });

  it("takes no room for what a day has not", () => {
    const full = dayChart(series, { day: start, events: collector.events });
    const bare = dayChart(series, { day: start });
    expect(bare.height).toBeLessThan(full.height - 100);
  });
});

describe("the calendar", () => {
  const days = Array.from({ length: 40 }, (_, index) => ({
    date: new Date(start + index * 86_400_000).toISOString().slice(0, 10),
    share: index >= 10 && index < 13 ? 0 : index % 2 === 0 ? 1 : 0.3,
    label: "some"
  }));

  it("has a cell for each day, in rows of weeks from Monday, and names the longest gap", () => {
    const chart = coverageCalendar(days, { width: 360, chosen: "2026-03-02" });
    expect(chart.finding).toBe("37 days of 40 have data; the longest gap is 3 days, until 2026-03-13.");
    const cells = chart.shapes.filter(({ attributes }) => "data-date" in attributes);
    expect(cells.map(({ attributes }) => attributes["data-date"])).toEqual(days.map(({ date }) => date));
    // 1 March 2026 is a Sunday, the last of its week; the 2nd begins the next row.
    const [sunday, monday] = cells;
    expect(Number(sunday?.attributes["x"])).toBeGreaterThan(Number(monday?.attributes["x"]));
    expect(Number(sunday?.attributes["y"])).toBeLessThan(Number(monday?.attributes["y"]));
    expect(monday?.attributes["stroke-width"]).toBe(2.5);
  });
});

describe("as text", () => {
  it("is well-formed whatever stands in it, and says its finding to those who cannot see it", () => {
    const chart: Chart = {
      title: 'a "b" <c>',
      finding: "x & y",
      width: 10,
      height: 10,
      shapes: [],
      table: () => ({ caption: "<i>", columns: [], rows: [["<b>"]] })
    };
    expect(renderSvg(chart)).toContain('aria-label="a &quot;b&quot; &lt;c&gt;. x &amp; y"');
    expect(renderFigure(chart)).not.toMatch(/<i>|<b>/);
  });

  it("never has a number that is none, with any readings or without", () => {
    const summarizer = createSummarizer();
    const none = summarize([]);
    const empty = seriesOf([]);
    const charts = [
      timeInRangeChart(none),
      timeInRangeChart(none, { width: 250 }),
      profileChart(Array.from({ length: 24 }, (_, hour) => ({ from: hour * 60, count: 0, percentiles: undefined }))),
      historyChart(empty, { from: start, to: start + 1 }),
      dayChart(empty, { day: start }),
      coverageCalendar([])
    ];
    expect(summarizer.summary().count).toBe(0);
    for (const chart of charts) expect(renderFigure(chart)).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe("the colours", () => {
  const luminance = (hex: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number => {
    const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  it.each([
    [["ink", "soft"], 4.5],
    [
      ["very-low", "low", "target", "high", "very-high", "profile-edge", "profile-median", "insulin", "carbohydrates"],
      3
    ],
    [["coverage-edge"], 3]
  ] as const)("%s have a contrast of at least %s on both papers", (names, least) => {
    for (const name of names) {
      for (const theme of ["light", "dark"] as const) {
        const found = contrast(chartColours[name][theme], chartColours.paper[theme]);
        expect(found, `${name} in ${theme}`).toBeGreaterThanOrEqual(least);
      }
    }
  });
});
