import { join } from "../../byte-stream.ts";
import type { Entry } from "../../entry.ts";
import { lineTooLong } from "../../json-lines.ts";
import { UnreadableInput } from "../../unreadable-input.ts";
import { type Layout, beginsWithDatum, layoutOf, whatIsRead } from "./layout.ts";

const newline = 0x0a;
/** Besides the longest line, as much is looked at as this. */
const margin = 1_048_576;
/** Of an input that goes on, so many bytes at least. */
const fewest = 65_536;
/** So many lines' worth may stand before the first line break. */
const mostOverlong = 64;

/** Where the datums of an input begin, and how they are laid out. */
export interface Start {
  readonly form: Layout["form"];
  /** What was read to find that out, without what stands before the datums. */
  readonly head: Uint8Array;
  /** What stands before, so many lines and bytes. */
  readonly linesBefore: number;
  readonly bytesBefore: number;
  /** The lines before that are neither datums nor white space. */
  readonly unread: ReadonlyArray<Entry>;
}

const isSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** The start of an input that is still looked at, and what was let go of before it. */
class Head {
  bytes: Uint8Array = new Uint8Array(0);
  linesBefore = 0;
  bytesBefore = 0;
  readonly unread: Array<Entry> = [];
  /** A line that was too long to keep has not ended yet. */
  isOverlong = false;
  private overlongBytes = 0;
  private readonly longest: number;

  constructor(longest: number) {
    this.longest = longest;
  }

  add(piece: Uint8Array) {
    this.bytes = join(this.bytes, piece);
    if (this.isOverlong) this.passOverlong();
    // White space at the front is never kept, however much there is.
    let at = 0;
    while (!this.isOverlong && at < this.bytes.length && isSpace(this.bytes[at]!)) {
      if (this.bytes[at] === newline) this.linesBefore++;
      at++;
    }
    this.drop(at);
    if (this.isOverlong || this.bytes.length <= this.longest || this.beginsList()) return;
    if (!this.bytes.subarray(0, this.longest + 1).includes(newline)) this.passOverlong();
  }

  /** The lines before an array, each an entry of its own: nobody can read them. */
  passLines(count: number) {
    for (let line = 0; line < count; line++) {
      const end = this.bytes.indexOf(newline);
      const text = new TextDecoder().decode(this.bytes.subarray(0, end)).trim();
      this.linesBefore++;
      if (text !== "") this.unread.push({ text, at: `line ${this.linesBefore}` });
      this.drop(end + 1);
    }
  }

  /** A list may well be one line. */
  private beginsList(): boolean {
    return new TextDecoder().decode(this.bytes.subarray(0, 64)).trimStart().startsWith("[");
  }

  private passOverlong() {
    const end = this.bytes.indexOf(newline);
    this.isOverlong = end < 0;
    this.overlongBytes += end < 0 ? this.bytes.length : end;
    if (this.overlongBytes > this.longest * mostOverlong) {
      throw new UnreadableInput("not-json", `The input is one long line that is no list. ${whatIsRead}`);
    }
    this.drop(end < 0 ? this.bytes.length : end + 1);
    if (end < 0) return;
    this.linesBefore++;
    this.unread.push(lineTooLong(this.linesBefore, this.longest));
  }

  private drop(count: number) {
    this.bytes = this.bytes.subarray(count);
    this.bytesBefore += count;
  }
}

/**
 * Reads as much as it takes to tell where and how the datums begin: a bad line at the front costs no more than itself.
 *
 * Rejects with `UnreadableInput` where there are none.
 */
export const findStart = async (pieces: AsyncIterator<Uint8Array>, longest: number): Promise<Start> => {
  const head = new Head(longest);
  let looked = 0;
  for (;;) {
    const { value, done = false } = await pieces.next();
    if (!done) head.add(value as Uint8Array);
    const { bytes } = head;
    const isNew = done || (value as Uint8Array).includes(newline) || bytes.length > looked * 1.25;
    if (!isNew || (head.isOverlong && !done)) continue;
    looked = bytes.length;
    const text = new TextDecoder().decode(bytes);
    // Not judged by less, or what is read would depend on how the bytes arrive; but a log that grows slowly must not wait.
    if (!done && head.bytesBefore + bytes.length < fewest && !beginsWithDatum(text)) continue;
    const isEnough = done || bytes.length > longest + margin;
    if (bytes.length === 0 && head.unread.length > 0 && done) return { form: "lines", head: bytes, ...before(head) };
    if (head.isOverlong) {
      throw new UnreadableInput("not-json", `The input is one long line that is no list. ${whatIsRead}`);
    }
    const layout = layoutOf(text, isEnough);
    if (!layout) continue;
    head.passLines(layout.linesBefore);
    return { form: layout.form, head: head.bytes, ...before(head) };
  }
};

const before = ({ linesBefore, bytesBefore, unread }: Head) => ({ linesBefore, bytesBefore, unread });
