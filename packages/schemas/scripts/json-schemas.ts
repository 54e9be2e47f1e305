import { readFileSync } from "node:fs";
import { type Kind, definitionOf, kinds } from "@tideway/schemas";
import * as z from "zod/mini";

/** As much of JSON Schema as is looked at here. */
export interface JsonSchema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: ReadonlyArray<unknown>;
  readonly format?: string;
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
function aboutOf(kind: Kind): string {
  const source = readFileSync(new URL(`../src/kinds/${fileNameOf(kind)}.ts`, import.meta.url), "utf8");
  const about = /\/\*\* ([^*]+) \*\/\nexport const/.exec(source)?.[1];
  if (about === undefined) throw new Error(`src/kinds/${fileNameOf(kind)}.ts does not say what a ${kind} is.`);
  return about;
}

/**
 * The JSON Schema (draft 2020-12) of what may be written, for every kind. It lets through what the platform refuses for
 * rules that JSON Schema has no words for, and nothing that it accepts is refused, but members that are `null`.
 */
export function jsonSchemas(): ReadonlyMap<Kind, JsonSchema> {
  return new Map(
    kinds.map((kind) => {
      const { $schema, ...schema } = z.toJSONSchema(definitionOf(kind).zod(z), { io: "input", unrepresentable: "any" });
      return [kind, { $schema, title: kind, description: aboutOf(kind), ...schema } as JsonSchema];
    })
  );
}
