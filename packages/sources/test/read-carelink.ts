import { check } from "@tideway/schemas";
import { expect } from "vitest";
import { type CarelinkCells, carelinkText } from "./carelink-text.ts";
import { fileOf } from "./input-files.ts";
import type { GivenOptions } from "./open-files.ts";
import { type ReadDatum, readSource } from "./read-source.ts";

export const utc: GivenOptions = { timezone: "Etc/UTC" };

/** Reads an export of these rows; every datum has to pass. */
export const readCarelink = async (
  pump: ReadonlyArray<CarelinkCells>,
  look: Parameters<typeof carelinkText>[1] = {},
  options: GivenOptions = utc
) => {
  const result = await readSource(fileOf("CareLink.csv", carelinkText(pump, look)), options);
  for (const datum of result.datums) expect(check(datum)).toEqual({ ok: true });
  return { ...result, notMapped: Object.fromEntries(result.source.parts[0]!.notes.notMapped) };
};

export const idsOf = (datums: ReadonlyArray<ReadDatum>): ReadonlyArray<string> =>
  datums.map(({ origin }) => origin.id).sort();

export const hours = (count: number): number => count * 3_600_000;
