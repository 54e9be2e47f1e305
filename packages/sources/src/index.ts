export type { Entry, Pages, Place, SourceProblem, Utf8Slice } from "./entry.ts";
export { readTidepool, type ReadTidepoolOptions, type TidepoolInput } from "./tidepool/read-tidepool.ts";
export type { ByteStream } from "./utf8.ts";
export { UnreadableInput, type UnreadableCode } from "./unreadable-input.ts";
