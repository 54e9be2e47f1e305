import type * as z from "zod/mini";
import { annotate } from "./annotate.ts";
import { depthWithin } from "./depth.ts";
import { jsonSize, jsonSizeAtMost } from "./json-size.ts";
import { isObject, put } from "./object.ts";
import { type Fault, type Members, type Part, type Rule, type Zod, absent } from "./rule.ts";
import { storedText } from "./text.ts";

/** Free-form objects may take so many bytes of JSON as the platform writes it. */
export const metadataBytes = 4096;

const notObject: Fault = { code: "type-not-object", text: "must be an object" };
const empty: Fault = { code: "value-empty", text: "must have at least one member that is not null" };
const tooLarge: Fault = { code: "size-out-of-range", text: `must not take more than ${metadataBytes} bytes of JSON` };

export interface MetadataOptions {
  /** Whether members that are `null` count (as they do in `client.private`). Default: false. */
  readonly nulls?: boolean;
}

const metadataFault = (members: Members, { nulls = false }: MetadataOptions): Fault | undefined => {
  const counted = (key: string): boolean => (nulls ? members[key] !== undefined : !absent(members[key]));
  if (!someKey(members, counted)) return empty;
  if (jsonSizeAtMost(members, metadataBytes) <= metadataBytes) return undefined;
  // Each level takes two bytes at least: what is nested deeper is too large, and need not be gone down into.
  if (!depthWithin(members, metadataBytes / 2)) return tooLarge;
  return jsonSize(members, metadataBytes, counted) > metadataBytes ? tooLarge : undefined;
};

const someKey = (members: Members, counted: (key: string) => boolean): boolean => {
  for (const key in members) if (counted(key)) return true;
  return false;
};

/** An object of any members: not empty, and not more than 4,096 bytes of JSON. */
export const metadata = (
  options: MetadataOptions = {}
): Part<z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniUnknown>> => {
  const { nulls = false } = options;
  const rule: Rule = {
    accepts: (value) => isObject(value) && metadataFault(value, options) === undefined,
    parse(value, key, walk) {
      if (!isObject(value)) walk.report(key, notObject, value);
    },
    validate(value, key, _parent, walk) {
      const fault = metadataFault(value as Members, options);
      if (fault !== undefined) walk.report(key, fault, value);
    },
    store: (value) => storedJson(value, nulls ? (member) => member !== undefined : (member) => !absent(member)),
    prune: (value) => value
  };
  const zod = (z: Zod) =>
    z.record(z.string(), z.unknown()).check(
      z.refine((value) => metadataFault(value, options) === undefined),
      annotate(z, { minProperties: 1 })
    );
  return { zod, rule };
};

/** Any JSON, with lone surrogates replaced; `kept` decides about the members of the outermost object. */
const storedJson = (value: unknown, kept: (member: unknown) => boolean = (member) => member !== undefined): unknown => {
  if (typeof value === "string") return storedText(value);
  if (Array.isArray(value)) {
    // Loops, not callbacks: half the stack for what is nested deep.
    const items: Array<unknown> = [];
    for (const item of value) items.push(storedJson(item ?? null));
    return items;
  }
  if (!isObject(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (kept(member)) put(result, storedText(key), storedJson(member));
  }
  return result;
};
