import type { ReadingIndex } from "./reading-index.ts";
import { readingOf } from "./readings-of.ts";

type Members = Readonly<Record<string, unknown>>;

/** What one data set was found to hold. */
export interface StoredData {
  readonly deviceIds: Set<string>;
  readonly days: Set<string>;
  datums: number;
  /** Positions of the record's readings that are there, too. */
  readonly same: Set<number>;
}

/** What data sets hold, by their ids. */
export type StoredDataSets = Map<string, StoredData>;

/** Reads what comes back, of whatever data set. */
export const readStoredData = async (datums: AsyncIterable<unknown>, index: ReadingIndex): Promise<StoredDataSets> => {
  const found: StoredDataSets = new Map();
  for await (const datum of datums as AsyncIterable<Members>) {
    const { type, uploadId, time, deviceId } = datum;
    if (type === "upload" || typeof uploadId !== "string") continue;
    const stored = found.get(uploadId) ?? { deviceIds: new Set(), days: new Set(), datums: 0, same: new Set() };
    found.set(uploadId, stored);
    stored.datums++;
    stored.days.add(String(time).slice(0, 10));
    if (typeof deviceId === "string") stored.deviceIds.add(deviceId);
    const reading = readingOf(datum);
    for (const position of reading ? index.same(reading) : []) stored.same.add(position);
  }
  return found;
};

/** Adds what one request found to what those before it did. */
export const addStoredData = (all: StoredDataSets, found: StoredDataSets): void => {
  for (const [dataSetId, { deviceIds, days, datums, same }] of found) {
    const before = all.get(dataSetId);
    all.set(dataSetId, {
      deviceIds: new Set([...(before?.deviceIds ?? []), ...deviceIds]),
      days: new Set([...(before?.days ?? []), ...days]),
      datums: (before?.datums ?? 0) + datums,
      same: new Set([...(before?.same ?? []), ...same])
    });
  }
};
