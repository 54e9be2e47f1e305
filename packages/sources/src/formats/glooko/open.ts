import type { OpenFiles } from "../../format.ts";
import { openRecords } from "../../records/open-records.ts";
import { glookoExport } from "./glooko-export.ts";

/** Reads exports of Glooko as one: long ones have several files of a kind, and files may be given one by one. */
export const openGlooko: OpenFiles = async (files, options, notes) => {
  const opened = [];
  for (const file of files) opened.push(await glookoExport(file, options));
  for (const { others } of opened) {
    for (const name of others) notes.warn("other-file", `${name} is in the export, and no table that is known.`);
  }
  return openRecords(
    { source: "glooko", timeColumn: "Timestamp", files: opened.map(({ records }) => records) },
    options,
    notes
  );
};
