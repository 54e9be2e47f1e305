import type { ModelledOptions } from "../contract/client.ts";
import { Item } from "../contract/item.ts";
import type { OriginOptions } from "../contract/origin.ts";
import { childId, derivedId } from "./identify.ts";
import { type Inside, judge } from "./judge.ts";
import type { PrepareOptions, Prepared } from "./prepared.ts";
import type { Refusal } from "./rejection.ts";
import type { TextEntry } from "./text-entry.ts";
import { whyUnsendable } from "./unsendable.ts";

type Members = Readonly<Record<string, unknown>>;

const none: ReadonlyArray<string> = [];

const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/**
 * An id as the platform reads it: two that differ in lone surrogates only are one there. It is a copy: a part of a text keeps
 * all of that in memory, and ids live on for a while after they are let go of.
 */
const idOf = ({ id }: Members) => ` ${String(id).toWellFormed()}`.slice(1);

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

export const prepareOptionsOf = ({ model, origin, app }: ModelledOptions): PrepareOptions => ({
  model,
  origin: { name: app.name, type: "application", ...origin }
});

/** Who the datums inside another one are. */
interface Identified {
  readonly ids: ReadonlyArray<string>;
  readonly kinds: ReadonlyArray<string>;
  /** The members that hold those whose origin had to be completed. */
  readonly rewritten?: Members;
}

const nothing: Identified = { ids: none, kinds: none };

const identifyInside = (
  embedded: ReadonlyArray<Inside>,
  parentId: string,
  { model, origin }: PrepareOptions
): Identified => {
  const ids: Array<string> = [];
  const kinds: Array<string> = [];
  let rewritten: Record<string, unknown> | undefined;
  for (const { pointer, datum } of embedded) {
    const own = datum["origin"];
    const whole = isComplete(own) ? own : completed(own, () => childId(parentId, pointer), origin);
    ids.push(idOf(whole));
    kinds.push(model.kindOf(datum) ?? String(datum["type"]));
    if (whole === own) continue;
    rewritten ??= {};
    rewritten[pointer.slice(1)] = { ...datum, origin: whole };
  }
  return rewritten === undefined ? { ids, kinds } : { ids, kinds, rewritten };
};

const refusalOf = (code: string, message: string): Refusal => ({ outcome: "rejected", by: "engine", code, message });
const notJson = refusalOf("not-json", "This is not JSON.");
const notObject = refusalOf("not-an-object", "A datum is a JSON object, and this is not one.");

/** Parses, checks and identifies one datum. Pure: the same entry gives the same item, on any machine and day. */
export const prepare = (
  entry: TextEntry | undefined,
  index: number,
  fingerprint: string,
  options: PrepareOptions
): Prepared => {
  if (entry === undefined) return { refusal: notObject };
  const known = entry.precomputed?.prepare(index, fingerprint, options);
  if (known) return known;
  let datum: unknown;
  try {
    datum = entry.parse ? entry.parse() : JSON.parse(entry.text);
  } catch {
    return { refusal: notJson };
  }
  if (!isObject(datum)) return { refusal: notObject };
  let verdict = judge(options.model, datum);
  // What is told of it must be its own: what a source parses may be one object for all.
  if (!verdict.ok && entry.parse && !("datum" in entry))
    verdict = judge(options.model, JSON.parse(entry.text) as Members);
  if (!verdict.ok) {
    const { kind: seeming, issues } = verdict;
    const { code = "refused", message = "The check refuses it." } = issues[0] ?? {};
    const refusal: Refusal = { outcome: "rejected", by: "check", code, message, issues };
    return seeming === undefined ? { refusal } : { refusal, kind: seeming };
  }
  const { kind, datum: members } = verdict;
  const unsendable = whyUnsendable(members);
  if (unsendable) return { refusal: unsendable, kind };
  const given = members["origin"];
  const origin = isComplete(given)
    ? given
    : completed(given, () => derivedId(members, kind, options.model), options.origin);
  const originId = idOf(origin);
  const isAdded = given === undefined;
  const inside = verdict.embedded.length === 0 ? nothing : identifyInside(verdict.embedded, originId, options);
  const isChanged = verdict.changed || (origin !== given && !isAdded) || inside.rewritten !== undefined;
  const json = isChanged
    ? JSON.stringify({ ...members, origin, ...inside.rewritten })
    : isAdded
      ? splice(entry.text, origin)
      : (entry.utf8 ?? entry.text);
  return new Item(index, entry, fingerprint, kind, originId, inside.ids, inside.kinds, json, byteLength(json));
};

/** Adds an origin to a datum's text that has none, without writing the rest of it again. */
const splice = (text: string, origin: Members): string => {
  const open = text.indexOf("{");
  return `{"origin":${JSON.stringify(origin)},${text.slice(open + 1)}`;
};

const isWide = /[^\0-\x7f]/;
const encoder = new TextEncoder();

const byteLength = (json: Item["json"]): number => {
  if (typeof json !== "string") return json.to - json.from;
  return isWide.test(json) ? encoder.encode(json).length : json.length;
};
