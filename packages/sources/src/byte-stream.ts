/** Bytes that come bit by bit. */
export type ByteStream = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** How many bytes are handled in one go: at least, where no line ends in them, and at most. */
const fewest = 65_536;
const most = 262_144;
/** A byte order mark is not cut. */
const shortest = 4;
const newline = 0x0a;

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

/** The same whichever way a stream is read: Safari cannot iterate a `ReadableStream` by itself. */
export const iterable = (bytes: ByteStream): AsyncIterable<Uint8Array> => {
  const { getReader } = bytes as Partial<ReadableStream<Uint8Array>>;
  return getReader ? bytesOf(bytes as ReadableStream<Uint8Array>) : (bytes as AsyncIterable<Uint8Array>);
};

/**
 * The bytes in pieces of at most 256 kB. Small ones are gathered, so that whoever joins them does so once, but a line that is
 * complete does not wait: the next may come much later.
 */
export async function* evenPieces(bytes: ByteStream): AsyncGenerator<Uint8Array> {
  let gathered = new Uint8Array(0);
  let length = 0;
  for await (const received of iterable(bytes)) {
    const isComplete = length + received.length >= shortest && received.includes(newline);
    if (!isComplete && length + received.length < fewest) {
      if (gathered.length === 0) gathered = new Uint8Array(fewest);
      gathered.set(received, length);
      length += received.length;
      continue;
    }
    const whole: Uint8Array = length === 0 ? received : join(gathered.subarray(0, length), received);
    length = 0;
    for (let from = 0; from < whole.length; from += most) yield whole.subarray(from, from + most);
  }
  if (length > 0) yield gathered.slice(0, length);
}
