import { check } from "@tideway/schemas";
import { expect } from "vitest";
import { fileOf } from "./input-files.ts";
import { type ReadDatum, type ReadSource, readSource } from "./read-source.ts";

export type Fields = Readonly<Record<string, unknown>>;

export const at = (minutes: number): string => new Date(Date.UTC(2026, 2, 1, 12) + minutes * 60_000).toISOString();
export const ms = (minutes: number): number => Date.parse(at(minutes));
export const sgv = (minutes: number, value: unknown, more: Fields = {}): Fields => ({
  _id: `e${minutes}${JSON.stringify(more)}`,
  type: "sgv",
  date: ms(minutes),
  dateString: at(minutes),
  sgv: value,
  direction: "Flat",
  device: "xDrip-DexcomG6",
  ...more
});
let number = 0;
export const treatment = (eventType: string, minutes: number, more: Fields = {}): Fields => ({
  _id: `t${++number}`,
  eventType,
  created_at: at(minutes),
  enteredBy: "loop://Anna's iPhone",
  ...more
});
export const profile = (more: Fields = {}, doc: Fields = {}): Fields => ({
  _id: "p1",
  defaultProfile: "Day",
  startDate: "2026-01-01T00:00:00.000Z",
  units: "mg/dl",
  ...doc,
  store: {
    Day: {
      dia: "5",
      timezone: "Europe/Berlin",
      units: "mg/dl",
      basal: [
        { time: "00:00", value: "0.5", timeAsSeconds: "0" },
        { time: "13:30", value: "1" }
      ],
      carbratio: [{ time: "00:00", value: 10, timeAsSeconds: 0 }],
      sens: [{ time: "00:00", value: 50, timeAsSeconds: 0 }],
      target_low: [{ time: "00:00", value: 100, timeAsSeconds: 0 }],
      target_high: [{ time: "00:00", value: 120, timeAsSeconds: 0 }],
      ...more
    }
  }
});

/** Reads a dump of these documents; every datum has to pass. */
export const read = async (documents: ReadonlyArray<Fields>, options = {}): Promise<ReadSource> => {
  const result = await readSource(fileOf("dump.json", JSON.stringify(documents)), options);
  expect(result.datums.filter((datum) => !check(datum).ok)).toEqual([]);
  return result;
};
/** What was not mapped. */
export const counts = ({ source }: ReadSource) => source.parts[0]?.notes.notMapped ?? new Map<string, number>();
/** The one datum that a document gives, if any. */
export const only = async (document: Fields): Promise<ReadDatum | undefined> => {
  const { datums } = await read([document]);
  expect(datums.length).toBeLessThan(2);
  return datums[0];
};
