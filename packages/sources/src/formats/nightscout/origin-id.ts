import { originId } from "../../identity/origin-of.ts";
import { type Fields, textIn } from "./document.ts";

const source = "nightscout";

/** Members that say something about the document and nothing about what happened. */
const bookkeeping: ReadonlySet<string> = new Set([
  "_id",
  "srvCreated",
  "srvModified",
  "subject",
  "modifiedBy",
  "isValid",
  "isReadOnly"
]);

/** What a document says, the same however its members are ordered and wherever it is kept. */
export const contentOf = (fields: Fields): string =>
  JSON.stringify(
    Object.keys(fields)
      .filter((name) => !bookkeeping.has(name) && fields[name] !== null && fields[name] !== "")
      .sort()
      .map((name) => [name, fields[name]])
  );

const namesOfIds = ["id", "syncIdentifier", "identifier", "_id", "uuid"];
const values = ["insulin", "carbs", "absolute", "rate", "percent", "duration", "glucose", "targetTop", "targetBottom"];

/**
 * What tells a treatment apart: the id that its app gave it, before the one that the site gave it, which changes when a
 * document is written anew. Without any, what it is, its exact time, who entered it, and its amounts.
 */
export const treatmentKey = (fields: Fields, instant: number): string => {
  for (const name of namesOfIds) {
    const id = textIn(fields[name]);
    if (id !== undefined) return id;
  }
  const told = values.flatMap((name) =>
    fields[name] === undefined || fields[name] === null ? [] : [`${name}=${String(fields[name])}`]
  );
  const parts = [
    String(fields["eventType"]),
    new Date(instant).toISOString(),
    textIn(fields["enteredBy"]) ?? "",
    ...told
  ];
  return originId({ source: "", parts, type: "", personal: true }).slice(1, -1);
};

/** The origin id of what becomes of a treatment. */
export const treatmentOriginId = (key: string, type: string): string => originId({ source, parts: [key], type });

/** The origin id of a reading: its second and kind, by which the site itself tells readings apart. */
export const entryOriginId = (kind: string, instant: number, type: string, occurrence: number): string =>
  originId({ source, parts: [kind, new Date(secondOf(instant)).toISOString().slice(0, 19)], type, occurrence });

/** The second that a reading was in: apps write fractions of milliseconds, and other apps round them. */
export const secondOf = (instant: number): number => Math.floor(instant / 1000) * 1000;

/** The origin id of a time in which the scheduled basal ran. */
export const scheduledOriginId = (instant: number): string =>
  originId({ source, parts: [new Date(instant).toISOString()], type: "scheduled" });
