import { type ByteStream, evenPieces } from "../byte-stream.ts";
import { UnreadableInput } from "../unreadable-input.ts";
import { refuseOtherEncoding } from "./guess-encoding.ts";

/** How the bytes of an input become text. */
export interface DecodeOptions {
  /** What the input is encoded in where no byte order mark says so: a label as `TextDecoder` takes it. Default: UTF-8. */
  readonly encoding?: string | undefined;
}

/** An input as UTF-8. */
export interface DecodedInput {
  /** The name of the encoding that it came in, as `TextDecoder` gives it. */
  readonly encoding: string;
  /** How many bytes stand before the first piece; undefined where the pieces are not the bytes of the input. */
  readonly offset: number | undefined;
  /** May cut a character. What was no text in its encoding is no UTF-8 here. */
  readonly pieces: AsyncGenerator<Uint8Array>;
}

const marks: ReadonlyArray<readonly [encoding: string, ...mark: ReadonlyArray<number>]> = [
  ["utf-32le", 0xff, 0xfe, 0, 0],
  ["utf-32be", 0, 0, 0xfe, 0xff],
  ["utf-16le", 0xff, 0xfe],
  ["utf-16be", 0xfe, 0xff],
  ["utf-8", 0xef, 0xbb, 0xbf]
];

const decoderOf = (label: string): TextDecoder => {
  try {
    return new TextDecoder(label);
  } catch {
    const message = `There is no encoding of the name ${JSON.stringify(label.slice(0, 40))} here. Names are, for example: utf-8, utf-16le, windows-1252, iso-8859-2, shift_jis, gb18030.`;
    throw new UnreadableInput("no-such-encoding", message);
  }
};

const encoder = new TextEncoder();
/** No UTF-8 has it. */
const noText = 0xff;

const encode = (text: string): Uint8Array => {
  const bytes = encoder.encode(text);
  if (!text.includes("\uFFFD")) return bytes;
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const isReplacement = bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd;
    bytes[length++] = isReplacement ? noText : bytes[at]!;
    if (isReplacement) at += 2;
  }
  return bytes.subarray(0, length);
};

/**
 * Finds out what an input is encoded in and gives it as UTF-8: by its byte order mark, or else as the caller says, or else it
 * has to be UTF-8. Rejects with `UnreadableInput` where it seems to be in another encoding as a whole.
 */
export const decodeInput = async (bytes: ByteStream, { encoding }: DecodeOptions): Promise<DecodedInput> => {
  const declared = encoding === undefined ? undefined : decoderOf(encoding);
  const received = evenPieces(bytes);
  try {
    const { value: first = new Uint8Array(0) } = await received.next();
    const [marked, ...mark] = marks.find(([, ...mark]) => mark.every((byte, at) => first[at] === byte)) ?? [];
    if (marked?.startsWith("utf-32")) {
      throw new UnreadableInput("other-encoding", "The input is UTF-32, which is not read here: save it as UTF-8.");
    }
    if (!marked && !declared) refuseOtherEncoding(first);
    const decoder = marked === undefined ? declared : decoderOf(marked);
    const name = decoder?.encoding ?? "utf-8";
    const head = first.subarray(mark.length);
    const all = async function* () {
      try {
        if (head.length > 0) yield head;
        // Not `yield*`: that takes several turns for each piece.
        for await (const piece of received) yield piece;
      } finally {
        // Whoever stops early must not leave the input open.
        await received.return(undefined);
      }
    };
    if (!decoder || name === "utf-8") return { encoding: name, offset: mark.length, pieces: all() };
    return { encoding: name, offset: undefined, pieces: transcoded(all(), decoder) };
  } catch (error) {
    await received.return(undefined);
    throw error;
  }
};

const transcoded = async function* (
  pieces: AsyncIterable<Uint8Array>,
  decoder: TextDecoder
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield encode(decoder.decode(piece, { stream: true }));
  yield encode(decoder.decode());
};
