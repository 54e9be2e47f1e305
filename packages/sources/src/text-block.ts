import type { SpeculativeParser } from "./speculative-parser.ts";

const loose = new TextDecoder("utf-8", { ignoreBOM: true });
const strict = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

const newline = 0x0a;

/** Whole lines of an input, as bytes and as text. */
export class TextBlock {
  readonly bytes: Uint8Array;
  /** What is no UTF-8 is U+FFFD here. */
  readonly text: string;
  readonly view: DataView;
  /** Whether all of it is UTF-8. */
  readonly isValid: boolean;
  /** Every character is one byte: then a place in the text is the same place in the bytes. */
  private readonly isAscii: boolean;
  private readonly parser: SpeculativeParser;

  /** The bytes must be nobody else's. */
  constructor(bytes: Uint8Array, parser: SpeculativeParser) {
    this.parser = parser;
    let text: string;
    let isValid = true;
    try {
      text = strict.decode(bytes);
    } catch {
      text = loose.decode(bytes);
      isValid = false;
    }
    this.bytes = bytes;
    this.text = text;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.isValid = isValid;
    this.isAscii = isValid && text.length === bytes.length;
  }

  /** The byte after a line that starts at that byte: its newline, or the end. */
  endOfLine(from: number): number {
    const end = this.isAscii ? this.text.indexOf("\n", from) : this.bytes.indexOf(newline, from);
    return end < 0 ? this.bytes.length : end;
  }

  /** The text between two bytes that each start a character. */
  slice(from: number, to: number): string {
    return this.isAscii ? this.text.slice(from, to) : loose.decode(this.bytes.subarray(from, to));
  }

  /** What `JSON.parse` makes of that text: good for looking at until the next call, see the parser. */
  parse(from: number, to: number): unknown {
    if (this.isAscii) return this.parser.parse(this, from, to);
    return JSON.parse(this.slice(from, to));
  }
}
