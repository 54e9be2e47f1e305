import { type Kind, zoneNames } from "@tideway/schemas";
import { type JsonSchema, jsonSchemas } from "../scripts/json-schemas.ts";
import { settle } from "./settle.ts";

type Random = () => number;
type Defs = Readonly<Record<string, JsonSchema>>;

const schemas = jsonSchemas();
const zones = [...zoneNames()];

/** A datum of the kind, as its JSON Schema and the rules that no schema can express allow it. */
export const generate = (kind: Kind, random: Random): Record<string, unknown> => {
  const schema = schemas.get(kind);
  if (schema === undefined) throw new Error(`There is no ${kind}.`);
  return settle(valueOf(schema, schema.$defs ?? {}, random, 0)) as Record<string, unknown>;
};

const pick = <T>(from: ReadonlyArray<T>, random: Random): T => from[Math.floor(random() * from.length)] as T;

const valueOf = (schema: JsonSchema, defs: Defs, random: Random, depth: number): unknown => {
  const { $ref, anyOf, properties, items, additionalProperties } = schema;
  if ($ref !== undefined) return valueOf(defs[$ref.split("/").at(-1) ?? ""] ?? {}, defs, random, depth);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return pick(schema.enum, random);
  if (anyOf !== undefined && properties === undefined) return valueOf(pick(anyOf, random), defs, random, depth);
  if (properties !== undefined) {
    const option = anyOf === undefined ? {} : (pick(anyOf, random).properties ?? {});
    return objectOf({ ...schema, properties: merge(properties, option) }, defs, random, depth);
  }
  if (items !== undefined) return arrayOf(schema, items, defs, random, depth);
  if (schema.type === "object") return namedOf(additionalProperties ?? {}, defs, random, depth);
  if (schema.type === "string") return textOf(schema, random);
  if (schema.type === "boolean") return random() < 0.5;
  if (schema.type === "number" || schema.type === "integer") return numberOf(schema, random);
  return pick([1, "x", true, null, [1], { a: "&" }], random);
};

const merge = (one: Defs, other: Defs): Defs =>
  Object.fromEntries(Object.entries(one).map(([key, schema]) => [key, { ...schema, ...other[key] }]));

const objectOf = (schema: JsonSchema, defs: Defs, random: Random, depth: number): unknown => {
  const required = new Set(schema.required);
  const likely = depth > 4 ? 0 : 0.5;
  const entries = Object.entries(schema.properties ?? {}).filter(([key]) => required.has(key) || random() < likely);
  return Object.fromEntries(entries.map(([key, member]) => [key, valueOf(member, defs, random, depth + 1)]));
};

const arrayOf = (schema: JsonSchema, items: JsonSchema, defs: Defs, random: Random, depth: number): unknown => {
  const { minItems = 0, maxItems = 4, uniqueItems = false } = schema;
  const count = Math.max(minItems, Math.floor(random() * (Math.min(maxItems, 4) + 1)));
  const elements = Array.from({ length: count }, () => valueOf(items, defs, random, depth + 1));
  return uniqueItems ? [...new Set(elements)] : elements;
};

const namedOf = (each: JsonSchema, defs: Defs, random: Random, depth: number): unknown => {
  const names = ["", "a/b", "~", "Weekday", "<é>", "2"].filter(() => random() < 0.4);
  return Object.fromEntries([...names, "one"].map((name) => [name, valueOf(each, defs, random, depth + 1) ?? 1]));
};

const numberOf = ({ type, minimum = -1e6, maximum = 1e6 }: JsonSchema, random: Random): number => {
  const edge = random();
  if (edge < 0.1) return minimum;
  if (edge < 0.2) return maximum;
  const value = minimum + random() * (maximum - minimum);
  return type === "integer" ? Math.floor(value) : value;
};

const textOf = ({ pattern, minLength = 0, maxLength = 20, description }: JsonSchema, random: Random): string => {
  if (description?.includes("time zone") === true) return pick(zones, random);
  if (description?.includes("an address") === true)
    return pick(["http://x.org/a?b#c", "foo://h", "https://u@h:70000/é"], random);
  const at = new Date(1e12 + random() * 1e12).toISOString();
  if (description?.includes("RFC 3339") === true)
    return pick([at, at.replace("Z", "+05:30"), `${at.slice(0, 19)},5-11:00`], random);
  if (description?.includes("local time") === true) return at.slice(0, pick([19, 23], random));
  if (pattern !== undefined) {
    const letters = Array.from({ length: 32 }, () => pick([..."0123456789abcdefz"], random)).join("");
    if (!new RegExp(pattern).test(letters)) throw new Error(`No text is known for ${pattern}.`);
    return letters;
  }
  const length = random() < 0.1 ? maxLength : Math.max(minLength, Math.floor(random() * Math.min(maxLength, 20)));
  return Array.from({ length }, () => pick(["a", "Z", " ", "é", "💉", "/", "\u2028"], random)).join("");
};
