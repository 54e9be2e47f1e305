import type { DatumModel } from "@tideway/schemas";
import type { ModelledOptions } from "../client.ts";
import type { Entry } from "../entry.ts";
import { childId, derivedId, type OriginOptions } from "./identify.ts";
import type { Item } from "./item.ts";
import { judge } from "./judge.ts";
import type { Refusal } from "./rejection.ts";
import { whyUnsendable } from "./unsendable.ts";

type Members = Readonly<Record<string, unknown>>;

/** A datum ready to go, or why it is not. */
export type Prepared = Item | { readonly refusal: Refusal; readonly kind?: Item["kind"]; readonly originId?: string };

const none: ReadonlyArray<string> = [];

/** An entry's JSON text; undefined where there is none to be had. */
export const textOf = (entry: Entry): string | undefined => {
  if ("text" in entry) return entry.text;
  if (!("datum" in entry)) return undefined;
  try {
    return JSON.stringify(entry.datum);
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** An id as the platform reads it: two that differ in lone surrogates only are one there. */
const wellFormed = (id: unknown) => String(id).toWellFormed();

const isComplete = (origin: unknown): origin is Members =>
  isObject(origin) && isText(origin["id"]) && isText(origin["name"]) && isText(origin["type"]);

/** The origin with what is missing in it. */
const completed = (
  origin: unknown,
  id: () => string,
  defaults: Required<Omit<OriginOptions, "version">> & OriginOptions
) => {
  const given: Members = isObject(origin) ? origin : {};
  const { name, type, version } = defaults;
  const isOwn = given["name"] === undefined || given["name"] === null;
  return {
    ...given,
    id: isText(given["id"]) ? given["id"] : id(),
    name: given["name"] ?? name,
    type: given["type"] ?? type,
    ...(isOwn && version !== undefined ? { version } : {})
  };
};

/** What preparing needs to know, the same for a whole upload. */
export interface PrepareOptions {
  readonly model: DatumModel;
  readonly origin: Required<Omit<OriginOptions, "version">> & OriginOptions;
}

export const prepareOptionsOf = ({ model, origin, client }: ModelledOptions): PrepareOptions => ({
  model,
  origin: { name: client.name, type: "application", ...origin }
});

/** Parses, checks and identifies one datum. Pure: the same entry gives the same item, on any machine and day. */
export const prepare = (
  entry: Entry,
  text: string | undefined,
  index: number,
  fingerprint: string,
  options: PrepareOptions
): Prepared => {
  let datum: unknown;
  if ("datum" in entry) datum = entry.datum;
  else {
    try {
      datum = JSON.parse(text ?? "");
    } catch {
      return { refusal: { outcome: "rejected", by: "engine", code: "not-json", message: "This is not JSON." } };
    }
  }
  if (text === undefined || !isObject(datum)) {
    const message = "A datum is a JSON object, and this is not one.";
    return { refusal: { outcome: "rejected", by: "engine", code: "not-an-object", message } };
  }
  const verdict = judge(options.model, datum);
  if (!verdict.ok) {
    const { kind: seeming, issues } = verdict;
    const { code = "refused", message = "The check refuses it." } = issues[0] ?? {};
    const refusal: Refusal = { outcome: "rejected", by: "check", code, message, issues };
    return seeming === undefined ? { refusal } : { refusal, kind: seeming };
  }
  const { kind } = verdict;
  const unsendable = whyUnsendable(verdict.datum);
  if (unsendable) return { refusal: unsendable, kind };
  let whole = verdict.datum;
  let changed = verdict.changed;
  const given = whole["origin"];
  const origin = isComplete(given)
    ? given
    : completed(given, () => derivedId(options.model.writable(verdict.datum).datum as Members, kind), options.origin);
  const originId = wellFormed(origin["id"]);
  const isAdded = given === undefined;
  if (origin !== given) {
    if (!isAdded || changed) changed = true;
    whole = { ...whole, origin };
  }
  const children: Array<string> = [];
  const childKinds: Array<string> = [];
  for (const { pointer, datum: inner } of verdict.embedded) {
    const own = inner["origin"];
    const innerOrigin = isComplete(own) ? own : completed(own, () => childId(originId, pointer), options.origin);
    children.push(wellFormed(innerOrigin["id"]));
    childKinds.push(options.model.kindOf(inner) ?? String(inner["type"]));
    if (innerOrigin === own) continue;
    whole = { ...whole, [pointer.slice(1)]: { ...inner, origin: innerOrigin } };
    changed = true;
  }
  const json = changed ? JSON.stringify(whole) : isAdded ? splice(text, origin) : (utf8Of(entry) ?? text);
  const time = whole["time"];
  return {
    index,
    entry,
    fingerprint,
    outdates: none,
    gone: none,
    kind,
    originId,
    children: children.length === 0 ? none : children,
    childKinds: childKinds.length === 0 ? none : childKinds,
    json,
    bytes: byteLength(json),
    time: typeof time === "string" ? time : undefined
  };
};

/** Adds an origin to a datum's text that has none, without writing the rest of it again. */
const splice = (text: string, origin: Members): string => {
  const open = text.indexOf("{");
  return `{"origin":${JSON.stringify(origin)},${text.slice(open + 1)}`;
};

const utf8Of = (entry: Entry) => ("utf8" in entry ? entry.utf8 : undefined);

const isWide = /[^\0-\x7f]/;
const encoder = new TextEncoder();

const byteLength = (json: Item["json"]): number => {
  if (typeof json !== "string") return json.to - json.from;
  return isWide.test(json) ? encoder.encode(json).length : json.length;
};
