import { UnreadableInput } from "../../unreadable-input.ts";

/** How datums are laid out in a JSON input: one array, or one object a line. */
export type Form = "array" | "lines";

/** What the start of an input says of the rest. */
export interface Layout {
  readonly form: Form;
  /** How many lines stand before the array and do not belong to it. */
  readonly linesBefore: number;
}

/** How much is looked at after the first line before giving up on an input that says nothing: so many bytes and so many lines. */
const patience = 65_536;
const fewestLines = 20;

const isObjectLine = (line: string) => line.startsWith("{") && line.trimEnd().endsWith("}");
/** An element of an array that has one on each line. */
const isElementLine = (line: string) => line.startsWith("{") && line.trimEnd().endsWith("},");
const isArrayStart = (line: string) => /^\[\s*(?:[{[\]]|$)/u.test(line);
const isBlank = (line: string) => line.trim() === "";

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const parseObject = (text: string): { readonly type?: unknown } | undefined => {
  const value = parse(text);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
};

/** Whether the first line is a whole datum: then it is one datum a line, whatever comes after it. */
export const beginsWithDatum = (start: string): boolean => {
  const text = start.trimStart();
  const end = text.indexOf("\n");
  return end > 0 && text.startsWith("{") && typeof parseObject(text.slice(0, end))?.type === "string";
};

export const whatIsRead = "Tideway reads a JSON array of datums, or one datum as JSON on each line (NDJSON).";

const refusePacked = (text: string) => {
  if (text.startsWith("PK\u0003\u0004")) {
    const message = `The input is a zip file or an Excel sheet. ${whatIsRead} From Tidepool's web site, export as JSON instead of Excel.`;
    throw new UnreadableInput("zip", message);
  }
  // What the first two bytes of gzip become as text.
  if (text.startsWith("\u001F\uFFFD")) {
    const message = `The input is compressed. ${whatIsRead} Unpack it first: zcat FILE | tideway upload -`;
    throw new UnreadableInput("not-json", message);
  }
};

const lines: Layout = { form: "lines", linesBefore: 0 };
const arrayAfter = (linesBefore: number): Layout => ({ form: "array", linesBefore });

/** Whether two whole objects stand on lines one after the other with no comma between: that is in no JSON, wherever a list begins. */
const areLines = (others: ReadonlyArray<string>): boolean =>
  others.some(
    (line, index) =>
      index > 0 && [others[index - 1]!, line].every((each) => isObjectLine(each) && parseObject(each) !== undefined)
  );

/** Whether a line leaves more open than the list that it begins. Brackets inside texts do not count. */
const leavesElementOpen = (line: string): boolean => {
  const brackets = line.replaceAll(/"(?:[^"\\]|\\.)*"?/gu, "");
  return brackets.replaceAll(/[^[{]/gu, "").length - brackets.replaceAll(/[^\]}]/gu, "").length > 1;
};

/** For a first line that begins a list, or begins with a bracket as lines of a log do. */
const ofBracket = (first: string, others: ReadonlyArray<string>, isFirstWhole: boolean): Layout | undefined => {
  const objects = others.filter(isObjectLine).length;
  const elements = others.filter(isElementLine).length;
  if (isArrayStart(first)) {
    if (isFirstWhole && leavesElementOpen(first) && areLines(others)) return lines;
    if (!isFirstWhole || !first.trimEnd().endsWith("]")) return arrayAfter(0);
    const list = parse(first);
    // A list of one or none that is closed, and datums after it on lines of their own: it is one line among many.
    if (Array.isArray(list) && objects > 0) return list.length < 2 ? lines : arrayAfter(0);
    return others.every(isBlank) ? undefined : arrayAfter(0);
  }
  if (objects > elements) return lines;
  if (elements > 0) return arrayAfter(0);
  const later = others.findIndex(isArrayStart);
  return later < 0 ? undefined : arrayAfter(later + 1);
};

/** For a first line that is no JSON, or that is an object. */
const ofOther = (first: string, others: ReadonlyArray<string>, isFirstWhole: boolean): Layout | undefined => {
  if (first.startsWith("{") && isFirstWhole) {
    const object = parseObject(first);
    if (object && (typeof object.type === "string" || !others.every(isBlank))) return lines;
  }
  const telling = others.findIndex((line) => isObjectLine(line) || (!first.startsWith("{") && isArrayStart(line)));
  if (telling < 0) return undefined;
  return isObjectLine(others[telling]!) ? lines : arrayAfter(telling + 1);
};

const refuse = (text: string, first: string, others: ReadonlyArray<string>): never => {
  if (text.startsWith("{") && !others.every(isBlank)) {
    const message = `The input is one JSON object spread over lines, not a list of datums. ${whatIsRead} Take the list out of the object, or put [ and ] round a single datum.`;
    throw new UnreadableInput("not-a-list", message);
  }
  if (text.startsWith("{") && parseObject(first)) {
    const message = `The input is a single JSON object without a type, not a list of datums. ${whatIsRead}`;
    throw new UnreadableInput("not-a-list", message);
  }
  throw new UnreadableInput("not-json", `The input is not JSON. ${whatIsRead}`);
};

/**
 * Tells how an input is laid out from its start, or `undefined` where more of it is needed. `isWhole` says that there is no
 * more.
 *
 * @throws {UnreadableInput} what cannot be datums, saying what it seems to be.
 */
export const layoutOf = (start: string, isWhole: boolean): Layout | undefined => {
  const text = start.trimStart();
  if (text === "") {
    if (isWhole) throw new UnreadableInput("empty", "The input is empty: there is nothing to upload.");
    return undefined;
  }
  refusePacked(text);
  const all = text.split("\n");
  // The last one may go on.
  const [first = "", ...others] = isWhole || all.length === 1 ? all : all.slice(0, -1);
  const isFirstWhole = isWhole || all.length > 1;
  const isBracket = text.startsWith("[");
  const layout = isBracket ? ofBracket(first, others, isFirstWhole) : ofOther(first, others, isFirstWhole);
  if (layout) {
    const passed = start.slice(0, start.length - text.length).split("\n").length - 1;
    return layout.linesBefore === 0 ? layout : arrayAfter(layout.linesBefore + passed);
  }
  const hasPatience =
    !isFirstWhole && !isBracket ? true : text.length - first.length < patience || others.length < fewestLines;
  if (!isWhole && hasPatience && !(isBracket && text.length > patience)) return undefined;
  return isBracket ? arrayAfter(0) : refuse(text, first, others);
};
