import { type Band, bands, type Goals, type Statistics, targetSets, wholePercents } from "@tideway/metrics";
import { bandNames, formatBand, formatTimeOfDay } from "./bands-in-words.ts";
import type { GlucoseChartOptions } from "./chart-options.ts";
import type { Chart } from "./chart.ts";
import { bandColour, colour } from "./colours.ts";
import { numbers, words } from "./data-table.ts";
import { type Shape, shape } from "./shape.ts";

/** A goal for a band, or for it together with the one beyond it, and whether it is met. */
interface BandGoal {
  readonly text: string;
  readonly isMet: boolean;
}

const barWidth = 36;
const rowHeight = 46;
const divider = 2;

/** What the consensus asks for each band; unrounded shares are compared, so that 4 % is not under 4 %. */
const goalsOf = (shares: Statistics["bands"], goals: Goals): { readonly [B in Band]?: BandGoal } => {
  const under = (share: number, most: number | undefined, what = ""): BandGoal | undefined =>
    most === undefined ? undefined : { text: `${what}under ${most} %`, isMet: share < most };
  const { veryLow, belowTarget, target, aboveTarget, veryHigh } = goals;
  const all: { readonly [B in Band]: BandGoal | undefined } = {
    veryLow: under(shares.veryLow, veryLow),
    low: under(shares.veryLow + shares.low, belowTarget, "with very low, "),
    target: target === undefined ? undefined : { text: `over ${target} %`, isMet: shares.target > target },
    high: under(shares.veryHigh + shares.high, aboveTarget, "with very high, "),
    veryHigh: under(shares.veryHigh, veryHigh)
  };
  return Object.fromEntries(Object.entries(all).filter(([, goal]) => goal !== undefined));
};

const goalText = (goal: BandGoal | undefined): string =>
  goal === undefined ? "" : `goal ${goal.text}: ${goal.isMet ? "met" : "not met"}`;

/** Each stretch of the bar, from the top. */
const stretchesOf = (shares: Statistics["bands"], height: number) => {
  let top = 0;
  return bands.toReversed().map((band) => {
    const stretch = { band, top, height: (shares[band] / 100) * height };
    top += stretch.height;
    return stretch;
  });
};

/**
 * Time in range: one bar in true proportions, very high at the top and very low at the bottom, and beside it a row for each
 * band with its share, its time a day, its goal and whether it is met.
 */
export const timeInRangeChart = (
  { bands: shares, count }: Pick<Statistics, "bands" | "count">,
  { width = 420, height = rowHeight * 5, unit = "mg/dL", targets = targetSets.standard }: GlucoseChartOptions = {}
): Chart => {
  const percents = wholePercents(shares);
  const goals = goalsOf(shares, targets.goals);
  const row = height / 5;
  const textLeft = barWidth + 30;
  const isNarrow = width < 400;
  const percentText = (band: Band): string => `${percents[band].replace("<", "< ")} %`;
  const shapes = stretchesOf(shares, height).flatMap(({ band, top, height: part }, index): ReadonlyArray<Shape> => {
    const middle = top + part / 2;
    const line = row * index + 15;
    const goal = goals[band];
    const soft = { fill: colour("soft"), "font-size": 11.5 };
    return [
      ...(part > 0
        ? [
            shape("rect", {
              x: 0,
              y: top,
              width: barWidth,
              height: part > 2 * divider ? part - divider : part,
              fill: bandColour(band)
            }),
            shape("path", {
              d: `M${barWidth + 1},${middle.toFixed(1)}L${barWidth + 22},${(line - 4).toFixed(1)}h5`,
              fill: "none",
              stroke: colour("bound")
            })
          ]
        : []),
      shape(
        "text",
        { x: textLeft, y: line, fill: colour("ink"), "font-size": 13.5, "font-weight": 600 },
        bandNames[band]
      ),
      shape("text", { x: textLeft + 72, y: line, ...soft }, formatBand(band, targets, unit)),
      shape(
        "text",
        { x: width, y: line, fill: colour("ink"), "font-size": 15, "font-weight": 700, "text-anchor": "end" },
        percentText(band)
      ),
      shape(
        "text",
        { x: textLeft, y: line + 16, ...soft },
        `${formatTimeOfDay(shares[band])}${isNarrow ? "" : " a day"}`
      ),
      ...(goal === undefined
        ? []
        : [
            shape(
              "text",
              { x: width, y: line + 16, ...soft, "text-anchor": "end", fill: colour(goal.isMet ? "soft" : "ink") },
              isNarrow
                ? `${goal.text.replace(/with very (?:low|high), /, "both ")}: ${goal.isMet ? "met" : "missed"}`
                : goalText(goal)
            )
          ])
    ];
  });
  const together = (one: Band, other: Band): string => {
    // Sums of what the rows say, so that the sentence adds up as they do.
    const whole = [one, other].reduce((sum, band) => sum + (Number(percents[band]) || 0), 0);
    return whole === 0 && shares[one] + shares[other] > 0 ? "< 1 %" : `${whole} %`;
  };
  return {
    title: "Time in range",
    finding:
      count === 0
        ? "There are no CGM readings."
        : `Time in range ${percentText("target")}, below ${together("veryLow", "low")}, above ${together("veryHigh", "high")}. ${goalsSentence(goals)}`,
    width,
    height,
    shapes,
    table: () => ({
      caption: "Time in range",
      columns: [words("Band"), words(unit), numbers("Share"), numbers("A day"), words("Goal")],
      rows: bands
        .toReversed()
        .map((band) => [
          bandNames[band],
          formatBand(band, targets, unit),
          percentText(band),
          formatTimeOfDay(shares[band]),
          goalText(goals[band])
        ])
    })
  };
};

const goalsSentence = (goals: { readonly [B in Band]?: BandGoal }): string => {
  const all = Object.entries(goals) as ReadonlyArray<[Band, BandGoal]>;
  if (all.length === 0) return "There are no agreed goals for these targets.";
  const missed = all.filter(([, { isMet }]) => !isMet).map(([band]) => bandNames[band].toLowerCase());
  return missed.length === 0 ? `All ${all.length} goals are met.` : `Goals not met: ${missed.join(", ")}.`;
};
