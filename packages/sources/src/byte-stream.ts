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
const bytesOf = async function* (stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
};

/** The same whichever way a stream is read: Safari cannot iterate a `ReadableStream` by itself. */
export const iterable = (bytes: ByteStream): AsyncIterable<Uint8Array> => {
  const { getReader } = bytes as Partial<ReadableStream<Uint8Array>>;
  return getReader ? bytesOf(bytes as ReadableStream<Uint8Array>) : (bytes as AsyncIterable<Uint8Array>);
};

/** A stream that has more at hand gives it within so many turns of the microtask queue. */
const soon = 100;

/** Whether a step is done without waiting for the world outside. */
const isSoon = async (step: Promise<unknown>): Promise<boolean> => {
  const late = async () => {
    for (let turn = 0; turn < soon; turn++) await undefined;
    return false;
  };
  const isDone = () => true;
  return Promise.race([step.then(isDone, isDone), late()]);
};

/**
 * The bytes in pieces of 64 to 256 kB, so that whoever joins small ones does so once. What holds the end of a line is given
 * earlier where nothing more has arrived: the next line of a log may come much later.
 */
export const evenPieces = async function* (bytes: ByteStream): AsyncGenerator<Uint8Array> {
  const pieces = iterable(bytes)[Symbol.asyncIterator]();
  let asked: Promise<IteratorResult<Uint8Array>> | undefined;
  let gathered = new Uint8Array(0);
  let length = 0;
  let hasLine = false;
  try {
    for (;;) {
      // What was received before has been copied: a stream may write over what it has handed out.
      asked = pieces.next();
      if (hasLine && length >= shortest && !(await isSoon(asked))) {
        yield gathered.slice(0, length);
        length = 0;
        hasLine = false;
      }
      const { value, done } = await asked;
      asked = undefined;
      if (done) break;
      if (length + value.length < fewest) {
        if (gathered.length === 0) gathered = new Uint8Array(fewest);
        gathered.set(value, length);
        length += value.length;
        hasLine ||= value.includes(newline);
        continue;
      }
      const whole: Uint8Array = length === 0 ? value : join(gathered.subarray(0, length), value);
      length = 0;
      hasLine = false;
      for (let from = 0; from < whole.length; from += most) yield whole.subarray(from, from + most);
    }
    if (length > 0) yield gathered.slice(0, length);
  } finally {
    const closing = pieces.return?.();
    // A stream that is still asked for more may take for ever to close.
    if (asked === undefined) await closing;
    else void Promise.allSettled([asked, closing]);
  }
};
