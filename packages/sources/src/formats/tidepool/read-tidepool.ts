import type { Entry, Pages } from "../../entry.ts";
import { readJsonArray } from "../../json-array.ts";
import { readJsonLines } from "../../json-lines.ts";
import { type ByteStream, decodeUtf8, join, readUtf8 } from "../../utf8.ts";
import { detectForm, type Form } from "./detect-form.ts";
import { rewriteExported } from "./rewrite-exported.ts";

const newline = 0x0a;

/** How to read. */
export interface ReadTidepoolOptions {
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
export const readTidepool = (bytes: ByteStream, { longest = 4_194_304 }: ReadTidepoolOptions = {}): TidepoolInput => {
  const notes: { form: Form | undefined; linksLost: number } = { form: undefined, linksLost: 0 };

  async function* read(): AsyncGenerator<ReadonlyArray<Entry>> {
    const pieces = readUtf8(bytes);
    try {
      let head: Uint8Array = new Uint8Array(0);
      let looked = 0;
      while (notes.form === undefined) {
        const { value, done } = await pieces.next();
        head = join(head, value ?? new Uint8Array(0));
        // Small pieces of a long first line are not worth a look each.
        if (!done && !value.includes(newline) && head.length < looked * 1.25) continue;
        looked = head.length;
        notes.form = detectForm(new TextDecoder().decode(head), done === true, longest);
      }
      const all = async function* () {
        yield head;
        head = new Uint8Array(0);
        yield* pieces;
      };
      const pages =
        notes.form === "array" ? readJsonArray(decodeUtf8(all()), { longest }) : readJsonLines(all(), { longest });
      yield* rewriteExported(pages, () => {
        notes.linksLost++;
      });
    } finally {
      // Whoever stops early must not leave the input open.
      await pieces.return(undefined);
    }
  }

  return { pages: read(), notes };
};
