import { join } from "node:path";
import type { TidepoolRecord } from "@tideway/sources";
import { makePrivateFolder } from "@tideway/transport/node";
import { number } from "../output/in-words.ts";
import { allRecords } from "./archived-lines.ts";
import type { Manifest } from "./manifest.ts";
import { TextFile } from "./text-file.ts";

/** These come first, where a type has them. */
const leading = ["time", "type", "subType", "deliveryType", "deviceId", "value", "units"];

/** Members of members as columns of their own, `nutrition.carbohydrate.net`; lists as JSON. */
const flatten = (record: TidepoolRecord, prefix = "", into: Map<string, unknown> = new Map()): Map<string, unknown> => {
  for (const [key, value] of Object.entries(record)) {
    const name = `${prefix}${key}`;
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      flatten(value as TidepoolRecord, `${name}.`, into);
    else into.set(name, value);
  }
  return into;
};

/** RFC 4180. What a spreadsheet would take for a formula gets an apostrophe before it. */
const cell = (value: unknown): string => {
  if (value === undefined || value === null) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const columnsOf = (names: ReadonlySet<string>): ReadonlyArray<string> => [
  ...leading.filter((name) => names.has(name)),
  ...[...names].filter((name) => !leading.includes(name)).sort()
];

/** Writes a table for each type of datum into `csv` of the archive. Glucose is in mmol/L, as Tidepool keeps it. Resolves to what to say of it. */
export const exportCsv = async (
  folder: string,
  manifest: Manifest,
  signal: AbortSignal
): Promise<ReadonlyArray<string>> => {
  const target = join(folder, "csv");
  await makePrivateFolder(target);
  // Twice: which columns there are is known only at the end.
  const names = new Map<string, Set<string>>();
  for await (const record of allRecords(folder, manifest)) {
    signal.throwIfAborted();
    const type = String(record["type"]);
    const known = names.get(type) ?? new Set();
    for (const name of flatten(record).keys()) known.add(name);
    names.set(type, known);
  }
  const tables = new Map<string, { readonly file: TextFile; readonly columns: ReadonlyArray<string>; rows: number }>();
  try {
    for (const [type, known] of names) {
      const file = await TextFile.create(join(target, `${type.replaceAll(/\W/gu, "_")}.csv`));
      const columns = columnsOf(known);
      tables.set(type, { file, columns, rows: 0 });
      await file.write(`${columns.map(cell).join(",")}\r\n`);
    }
    for await (const record of allRecords(folder, manifest)) {
      signal.throwIfAborted();
      const table = tables.get(String(record["type"]));
      if (!table) continue;
      const values = flatten(record);
      await table.file.write(`${table.columns.map((name) => cell(values.get(name))).join(",")}\r\n`);
      table.rows++;
    }
  } finally {
    for (const { file } of tables.values()) await file[Symbol.asyncDispose]();
  }
  return [...tables].map(([type, { rows }]) => `${join(target, `${type}.csv`)}: ${number(rows)}`);
};
