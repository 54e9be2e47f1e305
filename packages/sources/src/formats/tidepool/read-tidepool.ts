import type { ByteStream } from "../../byte-stream.ts";
import type { Entry, Page, Pages } from "../../entry.ts";
import { readJsonArray } from "../../json-array.ts";
import { readJsonLines } from "../../json-lines.ts";
import { decodeInput, type DecodeOptions } from "../../text/decode-input.ts";
import { decodePieces } from "../../text/decode-utf8.ts";
import { findStart } from "./find-start.ts";
import type { Form } from "./layout.ts";
import { rewriteExported } from "./rewrite-exported.ts";

/** How to read. */
export interface ReadTidepoolOptions extends DecodeOptions {
  /** Most bytes in a line, and characters in an element of an array. Default: 4,194,304; a longer one is not a datum but a missing line break or bracket. */
  readonly longest?: number;
}

/** The datums of an input, and what was noticed on the way. */
export interface TidepoolInput extends Pages {
  /** Filled while the pages are read. */
  readonly notes: {
    /** `array` or `lines`, once known. */
    readonly form: Form | undefined;
    /** Records whose link to another one (a wizard's bolus) could not be kept, because that one is not in the input. */
    readonly linksLost: number;
  };
}

/**
 * Reads datums as Tidepool writes them: a JSON array or NDJSON, written for upload or exported from Tidepool.
 *
 * Streams, in memory that does not grow with the input. Reading the first page rejects with {@link UnreadableInput} where
 * the input as a whole cannot be read; an unreadable part is an entry with its problem, and the rest goes on.
 */
export const readTidepool = (
  bytes: ByteStream,
  { longest = 4_194_304, encoding }: ReadTidepoolOptions = {}
): TidepoolInput => {
  const notes: { form: Form | undefined; linksLost: number } = { form: undefined, linksLost: 0 };

  const read = async function* (): AsyncGenerator<ReadonlyArray<Entry>> {
    const input = await decodeInput(bytes, { encoding });
    const { pieces } = input;
    try {
      const start = await findStart(pieces, longest);
      notes.form = start.form;
      const { linesBefore, bytesBefore, unread } = start;
      let { head } = start;
      const all = async function* () {
        yield head;
        head = new Uint8Array(0);
        for await (const piece of pieces) yield piece;
      };
      const offset = input.offset === undefined ? undefined : input.offset + bytesBefore;
      const options = { longest, linesBefore, offset, encoding: input.encoding };
      const datums: AsyncIterable<Page> =
        start.form === "array" ? readJsonArray(decodePieces(all()), options) : readJsonLines(all(), options);
      if (unread.length > 0) yield unread;
      yield* rewriteExported(datums, () => {
        notes.linksLost++;
      });
    } finally {
      await pieces.return(undefined);
    }
  };

  return { pages: read(), notes };
};
