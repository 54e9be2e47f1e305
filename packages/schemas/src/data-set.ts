import { base } from "./base.ts";
import type { Check } from "./issue.ts";
import { texts } from "./rule/array.ts";
import { body } from "./rule/body.ts";
import { metadata } from "./rule/metadata.ts";
import { int } from "./rule/number.ts";
import { object } from "./rule/object.ts";
import { type ValueOf, absent } from "./rule/rule.ts";
import { lengthFault, oneOf, text } from "./rule/text.ts";
import { localTime, time } from "./rule/time.ts";
import { Walk } from "./rule/walk.ts";
import { anyText, deduplicatorName, deviceTag, deviceTagFault } from "./shared/data-set-names.ts";
import { zoneName } from "./shared/zone.ts";

const unique = { repeats: false, sorted: true } as const;

/** What a session may be opened with. */
export const dataSetCreate = body({
  annotations: base.annotations,
  byUser: anyText(),
  client: object({ name: text(), version: text(), private: metadata({ nulls: true }) }),
  clockDriftOffset: base.clockDriftOffset,
  computerTime: localTime(),
  conversionOffset: base.conversionOffset,
  createdTime: time(),
  createdUserId: anyText(),
  dataSetType: oneOf(["continuous", "normal"]),
  deduplicator: object({ name: deduplicatorName() }),
  deletedTime: time(),
  deletedUserId: anyText(),
  deviceId: text(),
  deviceManufacturers: texts((z) => z.string(), { each: (name) => lengthFault(name, {}), ...unique }),
  deviceModel: text(),
  deviceSerialNumber: text(),
  deviceTags: texts(deviceTag, { each: deviceTagFault, ...unique }),
  deviceTime: localTime(),
  id: base.id,
  modifiedTime: time(),
  modifiedUserId: anyText(),
  payload: base.payload,
  time: time(),
  timeProcessing: oneOf(["across-the-board-timezone", "none", "utc-bootstrapping"]),
  timezone: zoneName(),
  timezoneOffset: int({ min: -10_080, max: 10_080 }),
  type: anyText(),
  uploadId: anyText(),
  version: text({ min: 5 })
});

/** What a service may change of a continuous session; the platform takes it from no user. */
export const dataSetUpdate = body({
  deviceId: text(),
  deviceModel: text({ min: 2 }),
  deviceSerialNumber: text({ min: 2 }),
  state: oneOf(["closed", "open"]),
  time: time({ zero: false }),
  timezone: zoneName(),
  timezoneOffset: int({ min: -720, max: 840 })
});

/** The body that opens a session. Nothing is required by the check, but without `deduplicator.name` the platform fails. */
export type DataSetCreate = ValueOf<typeof dataSetCreate>;
export type DataSetUpdate = ValueOf<typeof dataSetUpdate>;

/** A session, as the platform gives it back. Whether it is closed is not among what it tells. */
export interface DataSet extends Omit<DataSetCreate, "deduplicator"> {
  readonly id: string;
  readonly uploadId: string;
  readonly createdTime: string;
  readonly dataSetType: "continuous" | "normal";
  readonly deduplicator?: { readonly name?: string; readonly version?: string; readonly hash?: string };
}

/** What is wrong with the body that opens a session; unknown members are (`not-parsed`), unlike in datums. */
export const checkDataSetCreate = (body: unknown): Check => dataSetCreate.check(body);

/** What is wrong with the body by which a service changes a continuous session. */
export const checkDataSetUpdate = (body: unknown): Check => dataSetUpdate.check(body);

/** What the platform makes of a body that `checkDataSetUpdate` accepts: times in UTC, no `null`. */
export const normalizeDataSetUpdate = (body: DataSetUpdate): DataSetUpdate =>
  dataSetUpdate.rule.store(body, {}, new Walk()) as DataSetUpdate;

export interface NormalizeDataSetOptions {
  /** Makes the id of a session that has none: 32 of 0-9 and a-z. */
  readonly newId: () => string;
  /** Now, as RFC 3339 text: the `time` of a session that has none. */
  readonly now: string;
}

/**
 * What the platform makes of a body that `checkDataSetCreate` accepts, before it adds who and when (`byUser`,
 * `createdUserId`, `createdTime`, `modifiedTime`) and the deduplicator's version.
 */
export const normalizeDataSetCreate = (
  body: DataSetCreate,
  options: NormalizeDataSetOptions
): DataSetCreate & Pick<DataSet, "id" | "uploadId" | "dataSetType"> => {
  const walk = new Walk();
  const stored = dataSetCreate.rule.store(body, {}, walk) as DataSetCreate;
  const id = stored.id ?? options.newId();
  return {
    ...stored,
    type: "upload",
    id,
    uploadId: stored.uploadId ?? id,
    dataSetType: stored.dataSetType ?? "normal",
    // A zero time was sent, so that there is none to be made, and is not stored.
    ...(absent(body.time) ? { time: options.now } : {})
  };
};
