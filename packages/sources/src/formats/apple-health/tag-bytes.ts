/** The bytes of a word of ASCII. */
export const bytesOf = (word: string): Uint8Array => Uint8Array.from(word, (character) => character.charCodeAt(0));

/** Whether a word stands there. */
export const hasAt = (bytes: Uint8Array, at: number, word: Uint8Array): boolean => {
  for (let index = 0; index < word.length; index++) if (bytes[at + index] !== word[index]) return false;
  return true;
};

/** Where a word of at least one byte stands next; -1 where it does not. */
export const find = (bytes: Uint8Array, word: Uint8Array, from: number): number => {
  for (let at = bytes.indexOf(word[0]!, from); at >= 0; at = bytes.indexOf(word[0]!, at + 1)) {
    if (hasAt(bytes, at, word)) return at;
  }
  return -1;
};

/** Whether a name of a tag ends before that byte: white space, `/` or `>`. */
export const endsName = (byte: number | undefined): boolean =>
  byte !== undefined && (byte <= 32 || byte === 0x2f || byte === 0x3e);

/**
 * Where a start tag ends, after its `>`: quotes may hold one. `unfinished`: not in these bytes. `broken`: another tag begins
 * outside of quotes, so that this one has no end.
 */
export const tagEnd = (bytes: Uint8Array, from: number): number | "unfinished" | "broken" => {
  let quote = 0;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === 0x22 || byte === 0x27) quote = byte;
    else if (byte === 0x3e) return at + 1;
    else if (byte === 0x3c) return "broken";
  }
  return "unfinished";
};
