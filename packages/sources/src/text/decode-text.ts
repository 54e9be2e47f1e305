import type { ByteStream } from "../byte-stream.ts";
import { decodeInput } from "./decode-input.ts";
import { decodePieces } from "./decode-utf8.ts";

const encodingOf = (bytes: Uint8Array): string | undefined => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? "utf-8" : undefined;
};

/** The start of a file as text, without a byte order mark. */
export const decodeStart = (bytes: Uint8Array, encoding = "utf-8"): string =>
  new TextDecoder(encodingOf(bytes) ?? encoding).decode(bytes);

/**
 * A file as text without a byte order mark, in pieces. `encoding` counts only where there is no mark. Bytes that are no text
 * become lone surrogates, which `firstDamage` of `decode-utf8.ts` finds: the record that has them must be refused.
 *
 * Rejects with `UnreadableInput` where the file seems to be in another encoding as a whole.
 */
export const decodeText = async function* (bytes: ByteStream, encoding?: string): AsyncGenerator<string> {
  const { pieces } = await decodeInput(bytes, { encoding });
  for await (const { text } of decodePieces(pieces)) yield text;
};
