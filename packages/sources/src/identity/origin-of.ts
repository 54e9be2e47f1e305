import { sha256 } from "@noble/hashes/sha2.js";
import { longestInOrigin } from "@tideway/schemas";

/** What tells a record apart, for ever: nothing in it may change with the file, its units or the zone it is read in. */
export interface RecordKey {
  /** The format, or the system that the record comes from: `dexcom-clarity`. */
  readonly source: string;
  /** What the device or service itself tells its records apart by, part by part: serial number, clock time, kind of record. */
  readonly parts: ReadonlyArray<string | number>;
  /** What becomes of it: one event may give a bolus, a food and a wizard. */
  readonly type: string;
  /** For records of one key: 2 for the second in an order that does not change with the file. Default: 1, which is not written. */
  readonly occurrence?: number;
  /** A part may name a person (a site's address, a phone's name): then nothing of it is readable in the id. */
  readonly personal?: boolean;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The first 132 bits of a SHA-256 in base64url: 22 characters. */
const digest = (text: string): string => {
  const bytes = sha256(new TextEncoder().encode(text));
  let result = "";
  for (let bit = 0; bit < 132; bit += 6) {
    const pair = (bytes[bit >> 3]! << 8) | bytes[(bit >> 3) + 1]!;
    result += alphabet[(pair >> (10 - (bit & 7))) & 63];
  }
  return result;
};

/** The same text in every file: accents may be written in two ways, and space is lost or added when files are saved again. */
const canonical = (part: string | number): string => String(part).normalize("NFC").trim();

/**
 * The id of a record's datum: `<source>:<key>:<type>`, and `:<n>` from the second occurrence on. A key that is personal or
 * makes the id longer than 100 characters is there as its hash.
 */
export const originId = ({ source, parts, type, occurrence = 1, personal = false }: RecordKey): string => {
  const key = parts.map(canonical).join(":");
  const end = occurrence > 1 ? `:${type}:${occurrence}` : `:${type}`;
  const plain = `${source}:${key}${end}`;
  // A text has no more characters than units of UTF-16, which are quicker to count.
  const isLong = plain.length > longestInOrigin && [...plain].length > longestInOrigin;
  return personal || isLong ? `${source}:${digest(parts.map(canonical).join("\0"))}${end}` : plain;
};
