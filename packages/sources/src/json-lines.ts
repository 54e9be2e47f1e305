import type { Entry, Page } from "./entry.ts";
import { SpeculativeParser } from "./speculative-parser.ts";
import { TextBlock } from "./text-block.ts";
import { join } from "./utf8.ts";

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

/** One JSON text a line, as entries of unparsed text. Empty lines are passed over, line ends are `\n` or `\r\n`. */
export async function* readJsonLines(
  pieces: AsyncIterable<Uint8Array>,
  { longest }: { readonly longest: number }
): AsyncGenerator<Page> {
  const parser = new SpeculativeParser();
  let rest: Uint8Array = new Uint8Array(0);
  let number = 0;
  let tooLong = false;

  const tooLongAt = (line: number): Entry => ({
    problem: {
      outcome: "rejected",
      code: "too-long",
      message: `The line is longer than ${longest.toLocaleString("en")} bytes, which no datum is. Is the line break missing?`
    },
    at: `line ${line}`
  });

  const pageOf = (block: TextBlock): Page => {
    const { bytes } = block;
    const entries: Array<Entry> = [];
    for (let from = 0, end = 0; from < bytes.length; from = end + 1) {
      end = block.endOfLine(from);
      number++;
      if (tooLong || end - from > longest) {
        tooLong = false;
        entries.push(tooLongAt(number));
        continue;
      }
      const to = bytes[end - 1] === carriageReturn && end > from ? end - 1 : end;
      // A line of JSON starts with a bracket: looking at one character answers for nearly all.
      if (bytes[from] !== brace && block.slice(from, to).trim() === "") continue;
      entries.push(new Line(block, from, to, number));
    }
    return { entries, text: block.text };
  };

  for await (const piece of pieces) {
    const whole = join(rest, piece);
    const cut = whole.lastIndexOf(newline) + 1;
    rest = cut === 0 ? whole : whole.subarray(cut);
    if (cut > 0) {
      const page = pageOf(new TextBlock(whole.subarray(0, cut), parser));
      if (page.entries.length > 0) yield page;
    }
    if (rest.length > longest) {
      tooLong = true;
      rest = new Uint8Array(0);
    }
  }
  if (rest.length > 0) yield pageOf(new TextBlock(rest, parser));
  else if (tooLong) yield { entries: [tooLongAt(number + 1)], text: "" };
}
