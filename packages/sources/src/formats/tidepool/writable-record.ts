import { longestInOrigin } from "@tideway/schemas";
import { readPythonLiteral } from "./read-python-literal.ts";

/** A record as Tidepool gives it out. */
export type TidepoolRecord = { readonly [key: string]: unknown };

/** What the server puts on a record: it takes none of it back, and an old `id` would make two records of one id. */
const serverFields = new Set([
  "archivedDatasetId",
  "archivedTime",
  "createdTime",
  "createdUserId",
  "deduplicator",
  "deletedTime",
  "deletedUserId",
  "guid",
  "id",
  "localTime",
  "modifiedTime",
  "modifiedUserId",
  "provenance",
  "revision",
  "uploadId"
]);

/** Members that are objects or lists on the platform, and that some exports hold as text. */
const structured = new Set([
  "annotations",
  "associations",
  "bgTarget",
  "change",
  "dose",
  "duration",
  "from",
  "insulinFormulation",
  "location",
  "notes",
  "nutrition",
  "origin",
  "payload",
  "reason",
  "recommended",
  "suppressed",
  "tags",
  "to"
]);

const readText = (text: string): unknown => {
  if (!/^\s*[[{(]/u.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return readPythonLiteral(text) ?? text;
  }
};

const isServerField = (key: string, value: unknown) =>
  serverFields.has(key) || key.startsWith("_") || (key === "source" && value !== "carelink");

/** The origin with an id: the record's own where it has one, else made of the record's id and type, stable for ever. */
const originOf = (record: TidepoolRecord, read: unknown): unknown => {
  const origin = typeof read === "object" && read !== null && !Array.isArray(read) ? (read as TidepoolRecord) : {};
  if (origin["id"] !== undefined && origin["id"] !== null) return origin;
  // The type belongs to it: some exports give one id to records of two types.
  const id = `tidepool:${String(record["id"])}:${String(record["type"])}`;
  if (typeof record["id"] !== "string" || [...id].length > longestInOrigin) return read;
  return { name: "org.tidepool.export", type: "service", ...origin, id };
};

/** A changed clock's time: the platform gives it back as if it were UTC, and takes it only without a zone. */
const withLocalTime = (clock: unknown): unknown => {
  if (typeof clock !== "object" || clock === null || !("time" in clock) || typeof clock.time !== "string") return clock;
  return { ...clock, time: clock.time.replace(/Z$/u, "") };
};

/** Whether a record came out of a Tidepool, rather than being written for one: a session's id is on it. */
export const isExported = (record: TidepoolRecord): boolean => typeof record["uploadId"] === "string";

/**
 * A record that came out of a Tidepool as a datum that can go into one: without what the server adds, with members that
 * an export wrote as text read again, and with an origin id.
 */
export const writableRecord = (record: TidepoolRecord): TidepoolRecord => {
  const datum: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(record)) {
    if (value === null || isServerField(key, value)) continue;
    datum[key] = typeof value === "string" && structured.has(key) ? readText(value) : value;
  }
  if (record["type"] === "deviceEvent" && record["subType"] === "timeChange") {
    for (const key of ["from", "to"]) if (datum[key] !== undefined) datum[key] = withLocalTime(datum[key]);
  }
  const origin = originOf(record, datum["origin"]);
  if (origin !== undefined) datum["origin"] = origin;
  return datum;
};
