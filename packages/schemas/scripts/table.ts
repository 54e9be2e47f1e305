import type { JsonSchema } from "./json-schemas.ts";

const code = (text: string): string => `\`${text}\``;

/** One line for each member, members of members by their path. `members` are those to show. */
export const tableOf = (schema: JsonSchema, members: (name: string) => boolean): string => {
  const rows = rowsOf(schema, "", schema.$defs ?? {}, 0).filter(({ name }) => members(name.split(/[.[]/)[0] ?? ""));
  const lines = rows.map(
    ({ name, what, needed }) => `| ${code(name)} | ${what.replaceAll("|", "\\|")} | ${needed ? "yes" : ""} |`
  );
  return ["| member | what | needed |", "| --- | --- | --- |", ...lines].join("\n");
};

interface Row {
  readonly name: string;
  readonly what: string;
  readonly needed: boolean;
}
type Defs = Readonly<Record<string, JsonSchema>>;

const rowsOf = (schema: JsonSchema, prefix: string, defs: Defs, depth: number): ReadonlyArray<Row> => {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([key, reference]) => {
    const name = `${prefix}${key}`;
    const member = resolved(reference, defs);
    const row = { name, what: whatOf(member, defs), needed: required.has(key) };
    return [row, ...(depth < 3 ? insideOf(member, name, defs, depth) : [])];
  });
};

/** What a reference refers to, with what stands beside it. */
const resolved = (schema: JsonSchema, defs: Defs): JsonSchema => {
  const target = defs[schema.$ref?.split("/").at(-1) ?? ""];
  return target === undefined ? schema : { ...target, ...schema };
};

const insideOf = (member: JsonSchema, name: string, defs: Defs, depth: number): ReadonlyArray<Row> => {
  // What holds itself is shown once, not as deep as it goes.
  const again = [member, member.items].some((schema) => schema?.$ref !== undefined) && depth > 0;
  if (isMeasure(member) || again) return [];
  if (member.properties !== undefined) return rowsOf(member, `${name}.`, defs, depth + 1);
  const item = member.items === undefined ? undefined : resolved(member.items, defs);
  if (item?.properties !== undefined) return rowsOf(item, `${name}[].`, defs, depth + 1);
  const each = member.additionalProperties;
  if (each?.properties !== undefined) return rowsOf(each, `${name}.*.`, defs, depth + 1);
  if (each?.items?.properties !== undefined) return rowsOf(each.items, `${name}.*[].`, defs, depth + 1);
  return [];
};

const isMeasure = ({ properties }: JsonSchema): boolean =>
  properties !== undefined &&
  Object.keys(properties).join() === "units,value" &&
  properties["units"]?.enum !== undefined;

const whatOf = (schema: JsonSchema, defs: Defs): string => {
  const words = [shapeOf(schema, defs), ...limitsOf(schema)].join(", ");
  return schema.description === undefined ? words : `${words}. ${schema.description}`;
};

const shapeOf = (schema: JsonSchema, defs: Defs): string => {
  if (schema.const !== undefined) return code(String(schema.const));
  if (schema.anyOf !== undefined && schema.properties === undefined)
    return `one of: ${schema.anyOf.map((option) => nameOf(option)).join("; ")}`;
  if (schema.enum !== undefined) {
    return schema.enum.length > 20
      ? `one of ${schema.enum.length} values`
      : schema.enum.map((value) => code(String(value))).join(" ");
  }
  if (isMeasure(schema)) {
    return `value in ${(schema.anyOf ?? []).map((option) => measureOf(option)).join("; ")}`;
  }
  if (schema.type === "array")
    return `list of ${schema.items === undefined ? "anything" : whatOf(resolved(schema.items, defs), defs)}`;
  if (schema.type !== "object") {
    if (schema.description?.includes("RFC 3339") === true) return "time";
    return (
      { string: "text", integer: "whole number", number: "number", boolean: "true or false" }[String(schema.type)] ??
      "anything"
    );
  }
  if (schema.properties !== undefined) return "object";
  const each = schema.additionalProperties;
  return each?.type === undefined ? "object of anything" : `by name: ${whatOf(each, defs)}`;
};

const measureOf = ({ properties = {} }: JsonSchema): string => {
  const { units, value } = properties;
  return `${code(String(units?.const))} ${value?.minimum ?? ""}…${value?.maximum ?? ""}`;
};

/** A kind among several, by what tells them apart. */
const nameOf = ({ properties = {} }: JsonSchema): string => {
  const parts = ["type", "subType", "deliveryType"]
    .map((key) => properties[key]?.const)
    .filter((part) => part !== undefined);
  return code(parts.join("/"));
};

const limitsOf = (schema: JsonSchema): ReadonlyArray<string> => {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, uniqueItems } = schema;
  const limits: Array<string> = [];
  const span = (min: number | undefined, max: number | undefined, unit: string): void => {
    if (min === undefined && max === undefined) return;
    limits.push(max === undefined ? `${min}${unit} or more` : `${min ?? 0}…${max}${unit}`);
  };
  span(minimum, maximum, "");
  if (maxLength !== undefined) span(minLength, maxLength, " characters");
  else if (minLength !== undefined) limits.push("not empty");
  span(minItems, maxItems, " elements");
  if (uniqueItems === true) limits.push("no repeats");
  return limits;
};
