const hidden = "[token]";

/**
 * A token as it goes into the `X-Tidepool-Session-Token` header. Printing, logging or serialising it shows `[token]`;
 * only `reveal` gives the text.
 */
export class Token {
  readonly #text: string;
  /** Milliseconds since 1970 by this machine's clock; undefined where the server did not say. */
  readonly expiresAt: number | undefined;

  /** Throws a TypeError, without the text in it, where the text cannot be a header's value. */
  constructor(text: string, expiresAt?: number) {
    // A header refuses such a text with an error that quotes it: the token would end up in a log.
    if (!/^[\x21-\x7e]+$/.test(text)) {
      throw new TypeError(
        "The token is empty or holds a space, a line break or a character outside ASCII: copy it again."
      );
    }
    this.#text = text;
    this.expiresAt = expiresAt;
  }

  /** The secret itself. */
  reveal(): string {
    return this.#text;
  }

  /** Whether both hold the same secret. */
  equals(other: Token): boolean {
    return this.#text === other.#text;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return hidden;
  }
}
