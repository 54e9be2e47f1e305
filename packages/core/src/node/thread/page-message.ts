import type { Entry, Place } from "../../contract/entry.ts";
import type { Item } from "../../contract/item.ts";
import { guessId } from "../../prepare/guess-id.ts";
import { fingerprintOf, printLength } from "../../prepare/hash.ts";
import { prepare } from "../../prepare/prepare.ts";
import type { PrepareOptions, Prepared, Refused } from "../../prepare/prepared.ts";
import { type TextEntry, textEntryOf } from "../../prepare/text-entry.ts";
import { Bytes } from "./bytes.ts";

/** What the other side wants to know of a page besides its texts. */
export interface PageRequest {
  readonly fingerprints: boolean;
  readonly guesses: boolean;
  /** What goes into the origin of datums without one; undefined where nothing is to be checked. */
  readonly origin: PrepareOptions["origin"] | undefined;
}

/** What is not as with nearly all datums. */
export type Exception = { readonly refused: Refused } | Pick<Item, "children" | "childKinds">;

/** What checking a page came to. */
export interface CheckedPage {
  /** The kinds in the page. */
  readonly kinds: ReadonlyArray<Item["kind"]>;
  /** Which of these each entry is. */
  readonly kindOf: Uint8Array;
  readonly originIds: ReadonlyArray<string>;
  /** Where in the bytes the JSON to send begins and ends, for each entry. */
  readonly json: Uint32Array;
  readonly exceptions: ReadonlyMap<number, Exception>;
}

/** A page of entries on its way from one thread to another. */
export interface PageMessage {
  /** How many entries. */
  readonly count: number;
  /** The texts of all, UTF-8. */
  readonly bytes: Uint8Array;
  /** Where in these each entry's text begins and ends. */
  readonly texts: Uint32Array;
  /** Where each entry stands, for people: where the first one does if they are counted, or else a JSON array. */
  readonly places: Place | string;
  /** Entries without a text. */
  readonly others: ReadonlyMap<number, Entry>;
  /** One after another, in one text: that crosses in a third of the time. */
  readonly fingerprints: string | undefined;
  readonly guesses: ReadonlyArray<string | undefined> | undefined;
  readonly checked: CheckedPage | undefined;
}

/** A datum that JSON cannot hold: refused as what it is, whatever that was. */
const unwritable: Entry = { datum: undefined };

const printOf = (entry: TextEntry | undefined): string => (entry ? fingerprintOf(entry) : " ".repeat(printLength));

/** The place of the first where each of the others has the next one. */
const firstOf = (page: ReadonlyArray<Entry>): Place | undefined => {
  let first: Place | undefined;
  for (let offset = 0; offset < page.length; offset++) {
    const entry = page[offset]!;
    const place = "text" in entry ? entry.place : undefined;
    if (!place) return undefined;
    first ??= { unit: place.unit, number: place.number };
    if (place.unit !== first.unit || place.number !== first.number + offset) return undefined;
  }
  return first;
};

const placesOf = (page: ReadonlyArray<Entry>): PageMessage["places"] =>
  firstOf(page) ?? JSON.stringify(page.map(({ at }) => at));

const toSend = (entry: Entry): Entry => ("problem" in entry ? { problem: entry.problem } : unwritable);

/** Writes down what checking a page comes to. */
const checkedOf = (
  written: ReadonlyArray<TextEntry | undefined>,
  options: PrepareOptions,
  bytes: Bytes,
  texts: Uint32Array
): CheckedPage => {
  const kinds: Array<Item["kind"]> = [];
  const kindOf = new Uint8Array(written.length);
  const originIds: Array<string> = [];
  const json = new Uint32Array(2 * written.length);
  const exceptions = new Map<number, Exception>();
  for (let offset = 0; offset < written.length; offset++) {
    const entry = written[offset];
    const prepared: Prepared | undefined = entry && prepare(entry, 0, "", options);
    if (prepared === undefined || "refusal" in prepared) {
      originIds.push("");
      if (prepared) exceptions.set(offset, { refused: prepared });
      continue;
    }
    const { kind, originId, children, childKinds } = prepared;
    let number = kinds.indexOf(kind);
    if (number < 0) number = kinds.push(kind) - 1;
    kindOf[offset] = number;
    originIds.push(originId);
    if (children.length > 0) exceptions.set(offset, { children, childKinds });
    if (prepared.json === (entry!.utf8 ?? entry!.text))
      json.set(texts.subarray(2 * offset, 2 * offset + 2), 2 * offset);
    else bytes.add(prepared.json, json, 2 * offset);
  }
  return { kinds, kindOf, originIds, json, exceptions };
};

/** A page of a source as it crosses to another thread. */
export const pageMessageOf = (
  page: ReadonlyArray<Entry>,
  { fingerprints, guesses, origin }: PageRequest,
  model: PrepareOptions["model"]
): PageMessage => {
  const count = page.length;
  const bytes = new Bytes();
  const texts = new Uint32Array(2 * count);
  const others = new Map<number, Entry>();
  const written: Array<TextEntry | undefined> = [];
  for (let offset = 0; offset < count; offset++) {
    const entry = page[offset]!;
    const one = textEntryOf(entry);
    written.push(one);
    if (one) bytes.add(one.utf8 ?? one.text, texts, 2 * offset);
    else others.set(offset, toSend(entry));
  }
  const checked = origin && checkedOf(written, { model, origin }, bytes, texts);
  return {
    count,
    texts,
    places: placesOf(page),
    others,
    fingerprints: fingerprints ? written.map(printOf).join("") : undefined,
    guesses: guesses ? written.map((entry) => entry && guessId(entry.text)) : undefined,
    checked,
    bytes: bytes.take()
  };
};
