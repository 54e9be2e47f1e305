export type { Entry, Pages, Place, SourceProblem, Utf8Slice } from "./entry.ts";
export { FileStart, type ZippedStart } from "./detect/file-start.ts";
export type { CsvStart, Delimiter } from "./csv/csv-start.ts";
export type { Format, FormatReading, OpenFiles, ReadableFormat, UnreadableFormat, Verdict } from "./format.ts";
export { formats } from "./formats/formats.ts";
export { readTidepool, type ReadTidepoolOptions, type TidepoolInput } from "./formats/tidepool/read-tidepool.ts";
export { type TidepoolRecord, writableRecord } from "./formats/tidepool/writable-record.ts";
export type { InputFile } from "./input-file.ts";
export { InvalidOption } from "./invalid-option.ts";
export type {
  BolusRule,
  Column,
  FoodRule,
  GlucoseRule,
  IgnoreRule,
  InsulinRule,
  Mapping,
  MappingRule,
  PlainRule,
  Where
} from "./mapping/mapping.ts";
export { checkMapping } from "./mapping/check-mapping.ts";
export { AnswersNeeded, type DateOrder, type Need, type NeedExample } from "./need.ts";
export { type Notes, NotesInProgress, type Remark, type SourceDevice } from "./notes.ts";
export {
  openSource,
  type OpenedSource,
  type OpenSourceOptions,
  type RefusedFile,
  type SourcePart
} from "./open-source.ts";
export type { ReadOptions, TravelStep } from "./read-options.ts";
export type { ByteStream } from "./byte-stream.ts";
export { UnreadableInput, type UnreadableCode } from "./unreadable-input.ts";
