import { sortedJson } from "../json.ts";
import type { DataSetRecord, DatumRecord, Store } from "../store/store.ts";
import type { DataSource } from "../store/user-record.ts";
import type { ReadQuery } from "./read-query.ts";

type Members = Readonly<Record<string, unknown>>;

const latestTypes = [
  "physicalActivity",
  "basal",
  "cbg",
  "smbg",
  "bloodKetone",
  "bolus",
  "wizard",
  "deviceEvent",
  "food",
  "insulin",
  "cgmSettings",
  "pumpSettings",
  "reportedState",
  "upload"
];

/** A data set as the reader shows it: without its created and modified times, and with its state. */
const uploadJson = ({ body, closed, revision }: DataSetRecord): string => {
  const { createdTime: _created, modifiedTime: _modified, ...rest } = body;
  const state = closed ? "closed" : "open";
  return sortedJson({ ...rest, _state: state, _dataState: state, ...(revision > 0 ? { revision } : {}) });
};

const datumFilter = (query: ReadQuery): ((datum: Members) => boolean) | undefined => {
  const tests: Array<(datum: Members) => boolean> = [];
  const { deviceId, subTypes, reason, sampleIntervalMinimum } = query;
  if (deviceId !== undefined) tests.push((datum) => datum["deviceId"] === deviceId);
  if (subTypes !== undefined) tests.push((datum) => subTypes.has(String(datum["subType"])));
  if (reason !== undefined) tests.push((datum) => datum["type"] !== "dosingDecision" || datum["reason"] === reason);
  if (sampleIntervalMinimum !== undefined) {
    tests.push((datum) => {
      const interval = datum["sampleInterval"];
      return datum["type"] !== "cbg" || typeof interval !== "number" || interval >= sampleIntervalMinimum;
    });
  }
  return tests.length === 0 ? undefined : (datum) => tests.every((test) => test(datum));
};

/** Sources whose readings come twice, once from the device and once from the cloud. */
const sourceFilter = (
  query: ReadQuery,
  dataSources: ReadonlyArray<DataSource>
): ((datum: Members) => boolean) | undefined => {
  if (query.uploadId !== undefined) return undefined;
  const tests: Array<(datum: Members) => boolean> = [];
  for (const { dataSetIds, earliestDataTime, latestDataTime } of query.cbgFilter ? dataSources : []) {
    const [from, to] = [Date.parse(earliestDataTime), Date.parse(latestDataTime)];
    tests.push((datum) => {
      const time = Date.parse(String(datum["time"]));
      return datum["type"] !== "cbg" || time < from || time > to || dataSetIds.includes(String(datum["uploadId"]));
    });
  }
  if (!query.carelink) tests.push((datum) => datum["source"] !== "carelink");
  return tests.length === 0 ? undefined : (datum) => tests.every((test) => test(datum));
};

const latestOf = function* (datums: Iterable<DatumRecord>): Iterable<DatumRecord> {
  const newest = new Map<string, DatumRecord>();
  for (const datum of datums) {
    const other = newest.get(datum.type);
    if (other === undefined || datum.time > other.time) newest.set(datum.type, datum);
  }
  yield* newest.values();
};

const kept = function* (
  datums: Iterable<DatumRecord>,
  filters: ReadonlyArray<(datum: Members) => boolean>
): Iterable<DatumRecord> {
  for (const datum of datums) {
    if (filters.length === 0) yield datum;
    else {
      const members = JSON.parse(datum.json) as Members;
      if (filters.every((filter) => filter(members))) yield datum;
    }
  }
};

const uploads = (sets: ReadonlyArray<DataSetRecord>, query: ReadQuery): ReadonlyArray<DataSetRecord> => {
  const matches = sets.filter(({ active, body, createdTime }) => {
    if (!active || (query.types !== undefined && !query.types.has("upload")) || query.subTypes !== undefined)
      return false;
    if (query.deviceId !== undefined && body["deviceId"] !== query.deviceId) return false;
    const at = typeof body["time"] === "string" ? Date.parse(body["time"]) : createdTime;
    return (query.from === undefined || at >= query.from) && (query.to === undefined || at <= query.to);
  });
  return query.latest ? matches.slice(-1) : matches;
};

/** The records that match, as JSON: data first, then data sets. */
export const matching = function* (store: Store, userId: string, query: ReadQuery): Iterable<string> {
  const sets = store
    .dataSetsOf(userId)
    .filter(({ uploadId }) => query.uploadId === undefined || uploadId === query.uploadId);
  const types = query.types ?? (query.latest ? new Set(latestTypes) : undefined);
  const filters = [datumFilter(query), sourceFilter(query, store.getUser(userId)?.dataSources ?? [])].filter(
    (filter) => filter !== undefined
  );
  const uploadIds = sets.map(({ uploadId }) => uploadId);
  const found = kept(store.readDatums({ uploadIds, types, from: query.from, to: query.to }), filters);
  for (const { json } of query.latest ? latestOf(found) : found) yield json;
  for (const dataSet of uploads(sets, query)) yield uploadJson(dataSet);
};
