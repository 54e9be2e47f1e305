/** How much text is handled in one go: about 1,000 datums. */
const pieceBytes = 262_144;

const startsWith = (bytes: Uint8Array, ...start: ReadonlyArray<number>) =>
  start.every((byte, index) => bytes[index] === byte);

/** The length without the bytes of a character that is cut off at the end. */
const wholeCharacters = (bytes: Uint8Array): number => {
  let at = bytes.length - 1;
  while (at >= 0 && at > bytes.length - 4 && (bytes[at]! & 0xc0) === 0x80) at--;
  const lead = at < 0 ? 0 : bytes[at]!;
  const needs = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return needs > bytes.length - at ? at : bytes.length;
};

const join = (head: Uint8Array, tail: Uint8Array): Uint8Array => {
  if (head.length === 0) return tail;
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
};

/** Pieces of a bounded size, the first of at least four bytes where the input has them. */
async function* evenPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head = new Uint8Array(0) as Uint8Array;
  let first = true;
  for await (const received of bytes) {
    head = join(head, received);
    if (first && head.length < 4) continue;
    first = false;
    for (let from = 0; from < head.length; from += pieceBytes) yield head.subarray(from, from + pieceBytes);
    head = new Uint8Array(0);
  }
  if (head.length > 0) yield head;
}

/**
 * Bytes as text, in pieces that never cut a character: UTF-8, or UTF-16 where a byte order mark says so (as some
 * Windows shells write). The mark is left out. What is not valid becomes U+FFFD, as on the platform.
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let wide: TextDecoder | undefined;
  // Not with { stream: true }: that path of Node is several times slower and gives strings of twice the size.
  const narrow = new TextDecoder("utf-8", { ignoreBOM: true });
  let rest = new Uint8Array(0) as Uint8Array;
  let first = true;
  for await (const received of evenPieces(bytes)) {
    let piece = received;
    if (first) {
      first = false;
      if (startsWith(piece, 0xff, 0xfe)) wide = new TextDecoder("utf-16le");
      else if (startsWith(piece, 0xfe, 0xff)) wide = new TextDecoder("utf-16be");
      else if (startsWith(piece, 0xef, 0xbb, 0xbf)) piece = piece.subarray(3);
    }
    if (wide) {
      yield wide.decode(piece, { stream: true });
      continue;
    }
    const whole = join(rest, piece);
    const length = wholeCharacters(whole);
    if (length > 0) yield narrow.decode(whole.subarray(0, length));
    rest = whole.slice(length);
  }
  if (wide) yield wide.decode();
  else if (rest.length > 0) yield narrow.decode(rest);
}
