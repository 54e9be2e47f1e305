export { type TimeMembers, at } from "./build/at.ts";
export {
  type Basal,
  type BasalContent,
  type BasalSegment,
  type BasalTimelineOptions,
  basalTimeline
} from "./build/basal-timeline.ts";
export { type GlucoseMembers, glucose } from "./build/glucose.ts";
export { InvalidInput } from "./build/invalid-input.ts";
export { type Origin, origin } from "./build/origin.ts";
export {
  type DataSet,
  type DataSetCreate,
  type DataSetUpdate,
  type NormalizeDataSetOptions,
  checkDataSetCreate,
  checkDataSetUpdate,
  normalizeDataSetCreate,
  normalizeDataSetUpdate
} from "./data-set.ts";
export type { Datum, DefinitionOf, DatumOf, Kind, ServerSet, StoredDatum, StoredDatumOf } from "./datum.ts";
export { type ErrorIssues, type ErrorShape, errorIssues } from "./error-issues.ts";
export {
  check,
  checkBatch,
  definitionOf,
  droppedKeys,
  embedded,
  everyKind,
  kindOf,
  kinds,
  normalize,
  writable
} from "./every-kind.ts";
export type { Check, Issue } from "./issue.ts";
export type { Definition, Discriminator } from "./kind.ts";
export { type DatumModel, modelOf } from "./model.ts";
export type { NormalizeOptions } from "./normalize.ts";
export { depthWithin } from "./rule/depth.ts";
export { type Instant, compareInstants, instantOf, isRfc3339, isZero } from "./rule/instant.ts";
export { toMgdl, toMmolL } from "./shared/glucose.ts";
export { longestInOrigin } from "./shared/origin.ts";
export { isZoneName, zoneNames } from "./shared/zone-names.ts";
export type { Embedded } from "./split-off.ts";
export type { Writable } from "./writable.ts";
