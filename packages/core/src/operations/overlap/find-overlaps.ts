import type { DataSet } from "@tideway/schemas";
import * as Effect from "effect/Effect";
import type { Source } from "../../contract/entry.ts";
import type { ClientError } from "../../contract/errors/client-error.ts";
import type { Overlap, OverlapReport, RecordSummary } from "../../contract/overlap.ts";
import type { Engine } from "../../engine/engine.ts";
import { request } from "../../engine/request.ts";
import { openReading, visitDatums } from "../../prepare/visit-datums.ts";
import { requireSource } from "../../source/pages.ts";
import { span } from "../../telemetry/recorder.ts";
import { findSession } from "../session/ensure.ts";
import { listDataSets } from "../session/list.ts";
import { dayRuns } from "./day-runs.ts";
import { isRecordSummary } from "./is-record-summary.ts";
import { linkedServiceOf } from "./linked-service.ts";
import { ReadingIndex } from "./reading-index.ts";
import { comparableTypes } from "./readings-of.ts";
import { RecordSummaryBuilder } from "./record-summary-builder.ts";
import { type StoredData, type StoredDataSets, addStoredData, readStoredData } from "./stored-data.ts";

const summarize = (engine: Engine, source: Source, mostDays: number | undefined) =>
  Effect.gen(function* () {
    requireSource(source);
    const builder = new RecordSummaryBuilder(mostDays);
    yield* visitDatums(engine.client, yield* openReading(source), (_, datum) => builder.add(datum));
    return builder.summary();
  }).pipe(Effect.scoped);

/** What all data sets hold on the days of the sample. */
const readSample = (engine: Engine, { types, sampledDays, readings }: RecordSummary) =>
  Effect.gen(function* () {
    const { transport, userId } = engine.client;
    const index = new ReadingIndex(readings);
    const all: StoredDataSets = new Map();
    for (const run of dayRuns(sampledDays)) {
      const query = { ...run, type: comparableTypes(types), unfiltered: true };
      const found = yield* request(
        engine,
        (signal) => readStoredData(transport.readData(userId, query, { signal }), index),
        { name: "reading back the same days", repeatable: true, deadline: Number.POSITIVE_INFINITY }
      );
      addStoredData(all, found);
    }
    return all;
  });

const nothing: StoredData = { deviceIds: new Set(), days: new Set(), datums: 0, same: new Set() };

const overlapOf = (
  summary: RecordSummary,
  dataSetId: string,
  stored: StoredData = nothing,
  dataSet?: DataSet
): Overlap => {
  const appName = dataSet?.client?.name;
  const devices = new Set([...stored.deviceIds, ...(dataSet?.deviceId === undefined ? [] : [dataSet.deviceId])]);
  return {
    dataSetId,
    appName,
    link: linkedServiceOf(appName),
    createdTime: dataSet?.createdTime,
    device: dataSet?.deviceId ?? dataSet?.deviceModel,
    sameDevices: summary.deviceIds.filter((id) => devices.has(id)),
    days: summary.sampledDays.filter((day) => stored.days.has(day)),
    datums: stored.datums,
    sameReadings: stored.same.size
  };
};

const byWeight = (a: Overlap, b: Overlap) =>
  b.sameReadings - a.sameReadings || b.days.length - a.days.length || (a.dataSetId < b.dataSetId ? -1 : 1);

/**
 * Which other data sets of the user hold data on the days of a record, or of its devices, and how many of its readings: sent again
 * into a session of their own, those would be there twice. The session of this app is none of them: what is sent into that replaces
 * what it holds. Where all days are looked at, a data set of the same device without data on any of them is left out.
 */
export const findOverlaps = (
  engine: Engine,
  record: Source | RecordSummary,
  mostDays?: number
): Effect.Effect<OverlapReport, ClientError> =>
  Effect.gen(function* () {
    const summary = isRecordSummary(record) ? record : yield* summarize(engine, record, mostDays);
    const own = (yield* findSession(engine))?.uploadId;
    const dataSets = new Map((yield* listDataSets(engine)).map((dataSet) => [dataSet.uploadId, dataSet]));
    const stored = yield* readSample(engine, summary);
    const isSample = summary.sampledDays.length < summary.days.length;
    const overlaps = [...new Set([...dataSets.keys(), ...stored.keys()])]
      .filter((dataSetId) => dataSetId !== own)
      .map((dataSetId) => overlapOf(summary, dataSetId, stored.get(dataSetId), dataSets.get(dataSetId)))
      .filter(({ days, sameDevices }) => days.length > 0 || (isSample && sameDevices.length > 0))
      .sort(byWeight);
    return { overlaps, days: summary.days.length, sampledDays: summary.sampledDays, readings: summary.readings.length };
  }).pipe(span("findOverlaps"));
