import { readFileSync } from "node:fs";
import { type Kind, definitionOf, kinds } from "@tideway/schemas";
import * as z from "zod/mini";

/** As much of JSON Schema as is looked at here. */
export interface JsonSchema {
  readonly type?: string | ReadonlyArray<string>;
  readonly title?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: ReadonlyArray<unknown>;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema;
  readonly required?: ReadonlyArray<string>;
  readonly anyOf?: ReadonlyArray<JsonSchema>;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** A kind's name as the name of a file: its slashes are dashes. */
export const fileNameOf = (kind: Kind): string => kind.replaceAll("/", "-");

/** What the kind's own file says that it is. */
const aboutOf = (kind: Kind): string => {
  const source = readFileSync(new URL(`../src/kinds/${fileNameOf(kind)}.ts`, import.meta.url), "utf8");
  const about = /\/\*\* ([^*]+) \*\/\nexport const/.exec(source)?.[1];
  if (about === undefined) throw new Error(`src/kinds/${fileNameOf(kind)}.ts does not say what a ${kind} is.`);
  return about;
};

/** The JSON Schema (draft 2020-12) of what may be written, for every kind, without members that are `null`. */
export const jsonSchemas = (): ReadonlyMap<Kind, JsonSchema> =>
  new Map(
    kinds.map((kind) => {
      const { $schema, ...schema } = z.toJSONSchema(definitionOf(kind).zod(z), { io: "input", unrepresentable: "any" });
      return [kind, { $schema, title: kind, description: aboutOf(kind), ...schema } as JsonSchema];
    })
  );

/**
 * The same as they are published: a member that may be absent may be `null`. They let through what the platform refuses for
 * rules that JSON Schema has no words for; nothing that it accepts is refused.
 */
export const publishedSchemas = (): ReadonlyMap<Kind, JsonSchema> =>
  new Map([...jsonSchemas()].map(([kind, schema]) => [kind, withNulls(schema)]));

const withNulls = (schema: JsonSchema): JsonSchema => {
  const { properties, required = [], items, additionalProperties, anyOf, $defs } = schema;
  const each = (members: Readonly<Record<string, JsonSchema>>, change: (name: string) => JsonSchema) =>
    Object.fromEntries(Object.keys(members).map((name) => [name, change(name)]));
  const member = (name: string): JsonSchema => {
    const inner = withNulls(properties?.[name] ?? {});
    return required.includes(name) ? inner : orNull(inner);
  };
  return {
    ...schema,
    ...(properties === undefined ? {} : { properties: each(properties, member) }),
    ...(items === undefined ? {} : { items: withNulls(items) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: withNulls(additionalProperties) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(withNulls) }),
    ...($defs === undefined ? {} : { $defs: each($defs, (name) => withNulls($defs[name] ?? {})) })
  };
};

const orNull = (schema: JsonSchema): JsonSchema => {
  const { title, description, type, enum: among, const: only, anyOf, $ref, ...rest } = schema;
  const said = { ...(title === undefined ? {} : { title }), ...(description === undefined ? {} : { description }) };
  // The short form, where every keyword but the type lets `null` pass.
  if (typeof type === "string" && only === undefined && anyOf === undefined && $ref === undefined) {
    return { ...said, type: [type, "null"], ...(among === undefined ? {} : { enum: [...among, null] }), ...rest };
  }
  // What describes a member stays where readers of a schema look for it: beside the choice, not in it.
  const { title: _title, description: _description, ...choice } = schema;
  return { ...said, anyOf: [choice, { type: "null" }] };
};
