import type { SpeculativeParser } from "./speculative-parser.ts";

const loose = new TextDecoder("utf-8", { ignoreBOM: true });
const strict = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });
const encoder = new TextEncoder();

const newline = 0x0a;

/** Whole lines of an input, as bytes and as text. */
export class TextBlock {
  /** Valid UTF-8. */
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly view: DataView;
  /** Every character is one byte: then a place in the text is the same place in the bytes. */
  private readonly isAscii: boolean;
  private readonly parser: SpeculativeParser;

  /** What is not valid UTF-8 becomes U+FFFD, as on the platform. The bytes must be nobody else's. */
  constructor(bytes: Uint8Array, parser: SpeculativeParser) {
    this.parser = parser;
    let text: string;
    let valid = bytes;
    try {
      text = strict.decode(bytes);
    } catch {
      text = loose.decode(bytes);
      valid = encoder.encode(text);
    }
    this.bytes = valid;
    this.text = text;
    this.view = new DataView(valid.buffer, valid.byteOffset, valid.length);
    this.isAscii = text.length === valid.length;
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
