import { readFileStart } from "../../detect/file-start.ts";
import type { Entry, Page } from "../../entry.ts";
import type { InputFile } from "../../input-file.ts";
import { readJsonArray } from "../../json-array.ts";
import { readJsonLines } from "../../json-lines.ts";
import type { ReadOptions } from "../../read-options.ts";
import { decodeInput } from "../../text/decode-input.ts";
import { decodeText } from "../../text/decode-text.ts";
import { decodePieces, firstDamage } from "../../text/decode-utf8.ts";
import { collectionOf, isFields, type NightscoutDocument, withoutWrappers } from "./document.ts";

/** A document, or a part of the file that is none. */
export type Read = NightscoutDocument | Extract<Entry, { problem: unknown }>;

/** Characters: device status with predictions takes 30,000. */
const longest = 4_194_304;

/** How documents are laid out in JSON: `envelope` is how API v3 answers. */
type Form = "array" | "envelope" | "object" | "lines";

export const isEnvelope = (text: string): boolean => /^\s*\{\s*"status"\s*:\s*\d+\s*,\s*"result"\s*:\s*\[/u.test(text);

const isObject = (text: string): boolean => {
  try {
    return isFields(JSON.parse(text));
  } catch {
    return false;
  }
};

const formOf = (text: string, whole: boolean): Form => {
  if (text.trimStart().startsWith("[")) return "array";
  if (isEnvelope(text)) return "envelope";
  return whole && isObject(text) ? "object" : "lines";
};

const wholeText = async function* (pieces: AsyncIterable<string>): AsyncGenerator<Page> {
  let text = "";
  for await (const piece of pieces) text += piece;
  yield { entries: [{ text, at: "the document" }], text };
};

const undecodableDocument = {
  code: "undecodable",
  message:
    "The document holds bytes that are no text in the file's encoding. If all of the file is in another one, say which, with the option encoding."
};

const documentOf = (entry: Entry, file: string): Read => {
  const at = `${entry.at} of ${file}`;
  if ("problem" in entry) return { problem: { ...entry.problem, file }, at };
  let value: unknown;
  if ("text" in entry && firstDamage(entry.text) >= 0) {
    return { problem: { outcome: "rejected", ...undecodableDocument, file }, at };
  }
  try {
    value = "text" in entry ? JSON.parse(entry.text) : entry.datum;
  } catch {
    value = undefined;
  }
  if (!isFields(value)) {
    const message = "It is no JSON object, as the documents of Nightscout are: the file was changed or damaged.";
    return { problem: { outcome: "rejected", code: "not-json", message, file }, at };
  }
  const isWrapped = "text" in entry && entry.text.includes('"$');
  const fields = isWrapped ? (withoutWrappers(value) as typeof value) : value;
  return { collection: collectionOf(fields), fields, at };
};

/** The documents of a JSON file in pages: an API's answer of either version, a dump, or one document a line. */
export const readDocuments = async function* (
  file: InputFile,
  options: ReadOptions
): AsyncGenerator<ReadonlyArray<Read>> {
  const start = await readFileStart(file, options);
  const form = formOf(start.text, start.whole);
  if (form === "object") {
    yield* documentsOf(wholeText(decodeText(file.stream(), options.encoding)), form, file.name);
    return;
  }
  const { pieces, offset, encoding } = await decodeInput(file.stream(), options);
  const reading = { longest, linesBefore: 0, offset, encoding };
  const pages = form === "lines" ? readJsonLines(pieces, reading) : readJsonArray(decodePieces(pieces), reading);
  try {
    yield* documentsOf(pages, form, file.name);
  } finally {
    await pieces.return(undefined);
  }
};

const documentsOf = async function* (
  pages: AsyncIterable<Page>,
  form: Form,
  file: string
): AsyncGenerator<ReadonlyArray<Read>> {
  for await (const { entries } of pages) {
    // The end of an envelope stands after the end of its list.
    const read = entries.flatMap((entry) =>
      form === "envelope" && "problem" in entry && entry.problem.code === "text-after-end"
        ? []
        : [documentOf(entry, file)]
    );
    if (read.length > 0) yield read;
  }
};
