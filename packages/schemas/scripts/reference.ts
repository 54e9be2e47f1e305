import { jsonSchemas } from "./json-schemas.ts";
import { tableOf } from "./table.ts";

const begin = "<!-- generated: begin -->";
const end = "<!-- generated: end -->";
const baseNames = new Set([
  "annotations",
  "associations",
  "clockDriftOffset",
  "conversionOffset",
  "deviceId",
  "deviceTime",
  "id",
  "location",
  "notes",
  "origin",
  "payload",
  "source",
  "tags",
  "time",
  "timezone",
  "timezoneOffset"
]);

/** The tables of all kinds, as Markdown. */
export const tables = (): string => {
  const schemas = [...jsonSchemas()];
  const [, first] = schemas[0] ?? [];
  const base = first === undefined ? "" : tableOf(first, (name) => baseNames.has(name));
  const own = schemas.map(([kind, schema]) => {
    const table = tableOf(schema, (name) => !baseNames.has(name));
    return `### \`${kind}\`\n\n${schema.description ?? ""}\n\n${table}`;
  });
  return [`## Members of every kind\n\n${base}`, "## Members of each kind", ...own].join("\n\n");
};

/** The reference with its tables brought up to date. */
export const referenceWith = (reference: string): string => {
  const [before = "", rest = ""] = reference.split(begin);
  const [, after = ""] = rest.split(end);
  return `${before}${begin}\n\n${tables()}\n\n${end}${after}`;
};

/** What stands between the marks, without the blanks that a formatter moves. */
export const generatedPart = (reference: string): string => {
  const part = reference.split(begin)[1]?.split(end)[0] ?? "";
  return part
    .replaceAll(/-{3,}/g, "---")
    .replaceAll(/[ \t]+/g, " ")
    .replaceAll(/\n{2,}/g, "\n")
    .trim();
};
