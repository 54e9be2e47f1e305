import { UnreadableInput } from "../../unreadable-input.ts";

/** How datums are laid out in a JSON input: one array, or one object a line. */
export type Form = "array" | "lines";

/** How much is looked at before giving up on an input whose start says nothing. */
const patience = 65_536;

const looksLikeObject = (line: string) => line.startsWith("{") && line.trimEnd().endsWith("}");

const parseObject = (text: string): { readonly type?: unknown } | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const whatIsRead = "Tideway reads a JSON array of datums, or one datum as JSON on each line (NDJSON).";

/**
 * Tells the form from the start of the input, or `undefined` where more of it is needed. `whole` says that there is no
 * more.
 *
 * @throws {UnreadableInput} what cannot be datums, saying what it seems to be.
 */
export const detectForm = (start: string, whole: boolean, longest: number): Form | undefined => {
  const text = start.trimStart();
  if (text === "") {
    if (whole) throw new UnreadableInput("empty", "The input is empty: there is nothing to upload.");
    return undefined;
  }
  if (text.startsWith("[")) return "array";
  if (text.startsWith("PK\u0003\u0004")) {
    throw new UnreadableInput(
      "zip",
      `The input is a zip file or an Excel sheet. ${whatIsRead} From Tidepool's web site, export as JSON instead of Excel.`
    );
  }
  // What the first two bytes of gzip become as text.
  if (text.startsWith("\u001F\uFFFD")) {
    throw new UnreadableInput(
      "not-json",
      `The input is compressed. ${whatIsRead} Unpack it first: zcat FILE | tideway upload -`
    );
  }
  const end = text.indexOf("\n");
  const first = end < 0 ? text : text.slice(0, end);
  const others = end < 0 ? [] : text.slice(end + 1).split("\n");
  if (text.startsWith("{")) {
    const object = parseObject(first);
    if (object && (typeof object.type === "string" || others.some((line) => line.trim() !== ""))) return "lines";
    if (object && !whole) return undefined;
  }
  if (others.some(looksLikeObject)) return "lines";
  // The end of a first line that begins an object has to be seen, however far away it is.
  const unfinished = text.startsWith("{") && end < 0 && text.length <= longest;
  if (!whole && (unfinished || text.length < patience)) return undefined;
  if (text.startsWith("{") && others.some((line) => line.trim() !== "")) {
    throw new UnreadableInput(
      "not-a-list",
      `The input is one JSON object spread over lines, not a list of datums. ${whatIsRead} Take the list out of the object, or put [ and ] round a single datum.`
    );
  }
  if (text.startsWith("{") && parseObject(first)) {
    throw new UnreadableInput(
      "not-a-list",
      `The input is a single JSON object without a type, not a list of datums. ${whatIsRead}`
    );
  }
  throw new UnreadableInput("not-json", `The input is not JSON. ${whatIsRead}`);
};
