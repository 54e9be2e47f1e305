import type { FileStart } from "../../detect/file-start.ts";
import type { ReadableFormat, Verdict } from "../../format.ts";
import { collectionOf, isFields, withoutWrappers } from "./document.ts";
import { entriesCsvRow } from "./entries-csv.ts";
import { isExporterCsv } from "./exporter-csv.ts";
import { isEnvelope } from "./read-documents.ts";

const certain = (evidence: string): Verdict => ({ certainty: "certain", evidence: [evidence] });

const namesInEnvelope = /"(?:sgv|eventType|dateString|srvModified|defaultProfile)"\s*:/u;

const detect = ({ text, zip, firstObject, table }: FileStart): Verdict | undefined => {
  if (zip) return undefined;
  if (isExporterCsv(text)) return certain('it has the sections "# CGM ENTRIES" or "# TREATMENTS"');
  if (/^\s*[[{]/u.test(text)) {
    if (isEnvelope(text)) {
      return namesInEnvelope.test(text) ? certain("it is an answer of Nightscout's API v3") : undefined;
    }
    const first = firstObject === undefined ? undefined : withoutWrappers(firstObject);
    const collection = isFields(first) ? collectionOf(first) : undefined;
    // A datum of Tidepool's has a type and a time; no document of Nightscout has both.
    if (collection === undefined || (isFields(first) && typeof first["time"] === "string")) return undefined;
    return certain(`JSON with documents as Nightscout keeps them in ${collection}`);
  }
  const rows = table?.rows.filter((row) => row.some((cell) => cell !== "")) ?? [];
  const isEntries = rows.length > 0 && rows.slice(0, -1).every((row) => entriesCsvRow(row) !== undefined);
  return isEntries && entriesCsvRow(rows[0]!) !== undefined
    ? certain("rows without headings of time, milliseconds, glucose and direction")
    : undefined;
};

/** What a Nightscout site holds: its API's answers and dumps of its collections, in JSON or CSV. */
export const nightscout: ReadableFormat = {
  id: "nightscout",
  name: "Nightscout",
  detect,
  load: async () => (await import("./open.ts")).openNightscoutFiles
};
