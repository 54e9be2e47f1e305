/** How many bytes are handled in one go: about 1,000 datums. */
const pieceBytes = 262_144;

const startsWith = (bytes: Uint8Array, ...start: ReadonlyArray<number>) =>
  start.every((byte, index) => bytes[index] === byte);

/** Two arrays as one that is nobody else's: what a stream hands out it may write over. */
export const join = (head: Uint8Array, tail: Uint8Array): Uint8Array => {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
};

/** A stream's bytes as they are read: Safari cannot iterate a stream by itself. */
async function* bytesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}

/** Bytes that come bit by bit. */
export type ByteStream = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** The same whichever way a stream is read: Safari cannot iterate a `ReadableStream` by itself. */
export const iterable = (bytes: ByteStream): AsyncIterable<Uint8Array> => {
  const { getReader } = bytes as Partial<ReadableStream<Uint8Array>>;
  return getReader ? bytesOf(bytes as ReadableStream<Uint8Array>) : (bytes as AsyncIterable<Uint8Array>);
};

/** Pieces of a bounded size, the first of at least four bytes where the input has them. */
async function* evenPieces(bytes: ByteStream): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array(0);
  for await (const received of iterable(bytes)) {
    const whole: Uint8Array = head ? join(head, received) : received;
    head = head && whole.length < 4 ? whole : undefined;
    if (head) continue;
    for (let from = 0; from < whole.length; from += pieceBytes) yield whole.subarray(from, from + pieceBytes);
  }
  if (head && head.length > 0) yield head;
}

/**
 * An input as UTF-8 without a byte order mark, in pieces that may cut a character. UTF-16 (as some Windows shells write)
 * is recognised by its mark and written anew. What is not valid UTF-8 stays as it is.
 */
export async function* readUtf8(bytes: ByteStream): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let wide: TextDecoder | undefined;
  let first = true;
  for await (const received of evenPieces(bytes)) {
    let piece = received;
    if (first) {
      first = false;
      if (startsWith(piece, 0xff, 0xfe)) wide = new TextDecoder("utf-16le");
      else if (startsWith(piece, 0xfe, 0xff)) wide = new TextDecoder("utf-16be");
      else if (startsWith(piece, 0xef, 0xbb, 0xbf)) piece = piece.subarray(3);
    }
    yield wide ? encoder.encode(wide.decode(piece, { stream: true })) : piece;
  }
  if (wide) yield encoder.encode(wide.decode());
}

/** The length without the bytes of a character that is cut off at the end. */
const wholeCharacters = (bytes: Uint8Array): number => {
  let at = bytes.length - 1;
  while (at >= 0 && at > bytes.length - 4 && (bytes[at]! & 0xc0) === 0x80) at--;
  const lead = at < 0 ? 0 : bytes[at]!;
  const needs = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return needs > bytes.length - at ? at : bytes.length;
};

/** UTF-8 as text, in pieces that never cut a character. What is not valid becomes U+FFFD, as on the platform. */
export async function* decodeUtf8(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  // Not with { stream: true }: that path of Node is several times slower and gives strings of twice the size.
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let rest: Uint8Array = new Uint8Array(0);
  for await (const piece of pieces) {
    const whole = rest.length === 0 ? piece : join(rest, piece);
    const length = wholeCharacters(whole);
    if (length > 0) yield decoder.decode(whole.subarray(0, length));
    rest = whole.slice(length);
  }
  if (rest.length > 0) yield decoder.decode(rest);
}
