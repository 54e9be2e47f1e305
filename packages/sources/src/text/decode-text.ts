import { type ByteStream, decodeUtf8, iterable, join, readUtf8 } from "../utf8.ts";

const encodingOf = (bytes: Uint8Array): string | undefined => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? "utf-8" : undefined;
};

/** The start of a file as text, without a byte order mark. */
export const decodeStart = (bytes: Uint8Array, encoding = "utf-8"): string =>
  new TextDecoder(encodingOf(bytes) ?? encoding).decode(bytes);

/** A file as text without a byte order mark, in pieces. `encoding` counts only where there is no mark. */
export async function* decodeText(bytes: ByteStream, encoding?: string): AsyncGenerator<string> {
  if (encoding === undefined) {
    yield* decodeUtf8(readUtf8(bytes));
    return;
  }
  let decoder: TextDecoder | undefined;
  let head: Uint8Array = new Uint8Array(0);
  for await (const piece of iterable(bytes)) {
    head = decoder ? piece : join(head, piece);
    if (head.length < 3) continue;
    decoder ??= new TextDecoder(encodingOf(head) ?? encoding);
    yield decoder.decode(head, { stream: true });
  }
  yield decoder ? decoder.decode() : decodeStart(head, encoding);
}
