import type { OpenFiles } from "../../format.ts";
import { openRecords } from "../../records/open-records.ts";
import { assembleDoses } from "./tandem-doses.ts";
import { tandemFile } from "./tandem-file.ts";

/** Reads files of Tandem as one: an export of Tandem Source has a file for each kind of record. */
export const openTandem: OpenFiles = async (files, options, notes) => {
  const opened = [];
  for (const file of files) opened.push(await tandemFile(file, options, notes));
  const records = opened.map((one) => one.records);
  const reading = await openRecords(
    { source: "tandem", timeColumn: "Event Date Time", files: records, assemble: assembleDoses },
    options,
    notes
  );
  return { ...reading, needs: [...reading.needs, ...opened.flatMap(({ needs }) => needs)] };
};
