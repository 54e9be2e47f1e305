import { crc32 } from "node:zlib";
import { damage } from "./damage.ts";

/** A row as SQLite gives it. */
type Row = Readonly<Record<string, unknown>>;

/** A checksum of what a row holds, and of where it belongs: SQLite does not notice when what is inside a row is damaged. */
export const checksumOf = (content: string | Uint8Array, ...where: ReadonlyArray<number | string>): number =>
  crc32(content, crc32(where.join(" ")));

/** A text of a row, where it has its checksum. */
export const textIn = (row: Row, member: string, ...where: ReadonlyArray<number | string>): string => {
  const text = row[member];
  if (typeof text !== "string" || row["sum"] !== checksumOf(text, ...where))
    throw damage("A row is not what was written.");
  return text;
};

/** The same of bytes. */
export const bytesIn = (row: Row, member: string, ...where: ReadonlyArray<number | string>): Uint8Array => {
  const bytes = row[member];
  if (!(bytes instanceof Uint8Array) || row["sum"] !== checksumOf(bytes, ...where)) {
    throw damage("A row is not what was written.");
  }
  return bytes;
};
