export { type Band, bandOf, bands, type PerBand } from "./band.ts";
export { gmi } from "./gmi.ts";
export { gri, type GriZone, griZone } from "./gri.ts";
export { mgdlOf } from "./mgdl-of.ts";
export type { Reading } from "./reading.ts";
export { createSummarizer, summarize, type Summarizer, type SummaryOptions, timeInRange } from "./summarizer.ts";
export type { Summary, Withheld } from "./summary.ts";
export { type Goals, type Targets, targetSets } from "./targets.ts";
export { wholePercents } from "./whole-percents.ts";
