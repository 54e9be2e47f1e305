import { open } from "node:fs/promises";
import { FileStart, formats } from "@tideway/sources";
import { openInput, readFile } from "./input-file.ts";
import { readIds } from "./read-ids.ts";

/** How much of a file is looked at. */
const enough = 65_536;

const startOf = async (path: string): Promise<FileStart> => {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(enough), 0, enough, 0);
    return new FileStart(buffer.subarray(0, bytesRead), bytesRead < enough, {});
  } finally {
    await file.close();
  }
};

const isText = (value: unknown): value is string => typeof value === "string";

/** The ids in a JSON array of texts; undefined where it is other JSON, which may be data. */
const idsInJson = async (path: string): Promise<ReadonlyArray<string> | undefined> => {
  const pieces: Array<Uint8Array> = [];
  for await (const piece of readFile(path)) pieces.push(piece);
  try {
    const value: unknown = JSON.parse(Buffer.concat(pieces).toString("utf8"));
    return Array.isArray(value) && value.length > 0 && value.every(isText) ? value : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The origin ids that a file lists, one a line or as a JSON array of texts; undefined where it holds something else: data of a
 * known format, or any other JSON.
 */
export const listOfIds = async (path: string, signal: AbortSignal): Promise<ReadonlyArray<string> | undefined> => {
  const input = await openInput([path], signal);
  const start = await startOf(path);
  const [first = ""] = start.text.trimStart();
  // `["a", "b"]` is no data, whoever claims it; nothing that begins like JSON is a list of lines.
  if (first === "[" && !/^\s*\[\s*[{[]/u.test(start.text)) {
    const ids = await idsInJson(path);
    if (ids !== undefined) return ids;
  }
  if (first === "[" || first === "{") return undefined;
  if (formats.some((format) => format.detect(start) !== undefined)) return undefined;
  // No text: an archive, or something else that the reading door tells of.
  return start.text.includes("\u0000") ? undefined : readIds(input);
};
