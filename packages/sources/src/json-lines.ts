import { join } from "./byte-stream.ts";
import type { Entry, Page } from "./entry.ts";
import { SpeculativeParser } from "./speculative-parser.ts";
import { TextBlock } from "./text-block.ts";
import { firstFault } from "./text/decode-utf8.ts";
import { type Encoded, undecodable } from "./text/undecodable.ts";

/** A line: its text, its bytes, and where it stands, each made only when somebody asks. */
class Line {
  private readonly block: TextBlock;
  readonly from: number;
  readonly to: number;
  readonly number: number;

  constructor(block: TextBlock, from: number, to: number, number: number) {
    this.block = block;
    this.from = from;
    this.to = to;
    this.number = number;
  }

  get text(): string {
    return this.block.slice(this.from, this.to);
  }

  /** See `Entry`: mostly the same object every time. */
  parse(): unknown {
    return this.block.parse(this.from, this.to);
  }

  get utf8(): this {
    return this;
  }

  get bytes(): Uint8Array {
    return this.block.bytes;
  }

  get unit(): string {
    return "line";
  }

  get place(): this {
    return this;
  }

  get at(): string {
    return `${this.unit} ${this.number}`;
  }
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const brace = 0x7b;
const isSpace = (byte: number | undefined) =>
  byte === 0x20 || byte === 0x09 || byte === carriageReturn || byte === newline;

/** Where the first byte is that is no white space, or the end. */
const passSpace = (bytes: Uint8Array, from: number, to: number): number => {
  let at = from;
  while (at < to && isSpace(bytes[at])) at++;
  return at;
};

/** Whether there is nothing but white space that is none in JSON. */
const isBlank = (block: TextBlock, from: number, to: number): boolean =>
  block.bytes[from]! >= 0x80 && block.slice(from, to).trim() === "";

/** How lines are read. */
export interface LinesOptions extends Encoded {
  /** Most bytes in a line. */
  readonly longest: number;
  /** How many lines stand before the first. */
  readonly linesBefore: number;
}

/** The entry for a line that is too long to be a datum. */
export const lineTooLong = (line: number, longest: number): Entry => ({
  problem: {
    outcome: "rejected",
    code: "too-long",
    message: `The line is longer than ${longest.toLocaleString("en")} bytes, which no datum is. Is the line break missing?`
  },
  at: `line ${line}`
});

/**
 * One JSON text a line, as entries of unparsed text without the white space round it. Empty lines are passed over, line ends
 * are `\n` or `\r\n`.
 */
export const readJsonLines = async function* (
  pieces: AsyncIterable<Uint8Array>,
  options: LinesOptions
): AsyncGenerator<Page> {
  const { longest } = options;
  const parser = new SpeculativeParser();
  let rest: Uint8Array = new Uint8Array(0);
  let number = options.linesBefore;
  let tooLong = false;
  let received = 0;

  const pageOf = (block: TextBlock, offset: number): Page => {
    const { bytes, isValid } = block;
    const entries: Array<Entry> = [];
    for (let start = 0, end = 0; start < bytes.length; start = end + 1) {
      end = block.endOfLine(start);
      number++;
      // A line of JSON starts with a bracket: looking at one character answers for nearly all.
      const from = bytes[start] === brace ? start : passSpace(bytes, start, end);
      if (tooLong || end - from > longest) {
        tooLong = false;
        entries.push(lineTooLong(number, longest));
        continue;
      }
      const to = bytes[end - 1] === carriageReturn && end > from ? end - 1 : end;
      if (bytes[start] !== brace && (from === to || isBlank(block, from, to))) continue;
      const fault = isValid ? -1 : firstFault(bytes, from, to);
      entries.push(
        fault < 0 ? new Line(block, from, to, number) : undecodable(options, offset + fault, `line ${number}`)
      );
    }
    return { entries, text: block.text };
  };

  for await (const piece of pieces) {
    received += piece.length;
    const whole = join(rest, piece);
    const cut = whole.lastIndexOf(newline) + 1;
    rest = cut === 0 ? whole : whole.subarray(cut);
    if (cut > 0) {
      const page = pageOf(new TextBlock(whole.subarray(0, cut), parser), received - whole.length);
      if (page.entries.length > 0) yield page;
    }
    // However much white space there is, it is not kept.
    if (!tooLong && isSpace(rest[0])) rest = rest.subarray(passSpace(rest, 0, rest.length));
    if (rest.length > longest) {
      tooLong = true;
      rest = new Uint8Array(0);
    }
  }
  if (rest.length > 0) yield pageOf(new TextBlock(rest, parser), received - rest.length);
  else if (tooLong) yield { entries: [lineTooLong(number + 1, longest)], text: "" };
};
