export type { Entry, Pages, SourceProblem, Utf8Slice } from "./entry.ts";
export { readTidepool, type ReadTidepoolOptions, type TidepoolInput } from "./tidepool/read-tidepool.ts";
export { UnreadableInput, type UnreadableCode } from "./unreadable-input.ts";
