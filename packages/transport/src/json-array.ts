/** The text is not a JSON array, or ended before the array did. */
export class NotAnArray extends Error {
  override readonly name = "NotAnArray";
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const open = 0x5b;
const close = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * Splits the bytes of a JSON array into its parsed elements while they arrive, so that only one element is ever held.
 *
 * Only the outermost commas are looked for here; each element's own syntax is `JSON.parse`'s business. `limit` is the
 * longest element in bytes.
 */
export class JsonArraySplitter {
  readonly #limit: number;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #state: "start" | "first" | "element" | "end" = "start";
  #depth = 0;
  #inString = false;
  #escaped = false;
  #pieces: Array<Uint8Array> = [];
  #held = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The elements that these bytes complete. Throws `NotAnArray`. */
  push(bytes: Uint8Array): Array<unknown> {
    const elements: Array<unknown> = [];
    let from = 0;
    for (let index = 0; index < bytes.length; index += 1) {
      const byte = bytes[index] as number;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === backslash) this.#escaped = true;
        else if (byte === quote) this.#inString = false;
        continue;
      }
      if (this.#state === "element") {
        if (byte === quote) this.#inString = true;
        else if (byte === open || byte === openBrace) this.#depth += 1;
        else if (this.#depth > 0 && (byte === close || byte === closeBrace)) this.#depth -= 1;
        else if (this.#depth === 0 && (byte === comma || byte === close)) {
          this.#hold(bytes.subarray(from, index));
          elements.push(this.#take());
          this.#state = byte === close ? "end" : "element";
          from = index + 1;
        }
        continue;
      }
      if (isSpace(byte)) continue;
      if (this.#state === "start" && byte === open) this.#state = "first";
      else if (this.#state === "first" && byte === close) this.#state = "end";
      else if (this.#state === "first") {
        this.#state = "element";
        from = index;
        index -= 1;
      } else throw new NotAnArray(this.#state === "end" ? "Something follows the array." : "It does not start with [.");
    }
    if (this.#state === "element") this.#hold(bytes.slice(from));
    return elements;
  }

  /** Call it after the last bytes. Throws `NotAnArray` where the array was not closed. */
  end(): void {
    if (this.#state !== "end") throw new NotAnArray("It ended before the array did.");
  }

  #hold(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#held += piece.byteLength;
    if (this.#held > this.#limit) throw new NotAnArray(`An element is longer than ${this.#limit} bytes.`);
  }

  #take(): unknown {
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#held = 0;
    try {
      const text =
        pieces.map((piece) => this.#decoder.decode(piece, { stream: true })).join("") + this.#decoder.decode();
      return JSON.parse(text) as unknown;
    } catch {
      // The parser's own message quotes the text: a health value, perhaps.
      throw new NotAnArray("An element is not JSON.");
    }
  }
}
