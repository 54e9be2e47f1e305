export { type Band, bandOf, bands, type PerBand } from "./band.ts";
export type { Comparison } from "./comparison.ts";
export { dailyTotals, type DailyTotals, type DailyTotalsOptions, type DayTotals } from "./daily-totals.ts";
export { gmi, gmiMmolMol } from "./gmi.ts";
export { gri, type GriZone, griZone } from "./gri.ts";
export type { LeftOut } from "./left-out.ts";
export {
  dateOf,
  type DaySpan,
  localDayOf,
  localOf,
  midnightOf,
  momentOf,
  type OffsetAt,
  offsetsIn,
  offsetsOf,
  type TimeZone
} from "./local-days.ts";
export { mgdlOf } from "./mgdl-of.ts";
export type { PeriodSummary } from "./period-summaries.ts";
export { type ProfileBin, type ProfileOptions, smoothProfile } from "./profile.ts";
export type { Percentiles } from "./quantile.ts";
export type { Reading } from "./reading.ts";
export type { Span } from "./span.ts";
export { createSummarizer, summarize, type Summarizer, type SummaryOptions, timeInRange } from "./summarizer.ts";
export type { Statistics, Summary } from "./summary.ts";
export { type Goals, type Targets, targetSets } from "./targets.ts";
export { wholePercents } from "./whole-percents.ts";
export type { Withheld } from "./withheld.ts";
