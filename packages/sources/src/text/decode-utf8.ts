const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const strict = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/** The length of the valid character that begins there, in bytes; 0 where none does. */
const characterAt = (bytes: Uint8Array, at: number, to: number): number => {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > to) return 0;
  // The second byte keeps out what could be written shorter, surrogates and what is above U+10FFFF.
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[at + 1]!;
  if (second < lowest || second > highest) return 0;
  for (let index = at + 2; index < at + length; index++) if ((bytes[index]! & 0xc0) !== 0x80) return 0;
  return length;
};

/** Where the first byte is that is no UTF-8; -1 where there is none. */
export const firstFault = (bytes: Uint8Array, from = 0, to = bytes.length): number => {
  for (let at = from; at < to;) {
    const length = characterAt(bytes, at, to);
    if (length === 0) return at;
    at += length;
  }
  return -1;
};

/** A part of an input as text. */
export interface DecodedText {
  readonly text: string;
  /** How many bytes it was. */
  readonly bytes: number;
  /** Whether there are bytes in it that are no UTF-8: each is a lone surrogate from U+DC80 to U+DCFF, which no valid text holds. */
  readonly isDamaged: boolean;
}

const damage = /[\uDC80-\uDCFF]/u;
/** Where the first byte was that is no UTF-8; -1 where there is none. */
export const firstDamage = (text: string): number => text.search(damage);

const surrogate = (byte: number) => String.fromCharCode(0xdc00 + byte);

/** Bytes as text; those that are no UTF-8 stay recognisable. */
export const decode = (bytes: Uint8Array): DecodedText => {
  try {
    return { text: strict.decode(bytes), bytes: bytes.length, isDamaged: false };
  } catch {
    let text = "";
    for (let from = 0; from < bytes.length;) {
      const fault = firstFault(bytes, from);
      const to = fault < 0 ? bytes.length : fault;
      text += decoder.decode(bytes.subarray(from, to));
      if (fault >= 0) text += surrogate(bytes[fault]!);
      from = to + 1;
    }
    return { text, bytes: bytes.length, isDamaged: true };
  }
};

/** How many bytes a text of `decode` was. */
export const bytesIn = (text: string): number => {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    const isPair = unit >= 0xd800 && unit < 0xdc00;
    // A pair of two units is four bytes, a lone one was one.
    if (isPair) bytes += 2;
    else if (unit < 0xdc00 || unit > 0xdfff) bytes += unit < 0x800 ? 1 : 2;
    if (isPair) index++;
  }
  return bytes;
};

/** The length without the bytes of a character that is cut off at the end. */
const wholeCharacters = (bytes: Uint8Array): number => {
  let at = bytes.length - 1;
  while (at >= 0 && at > bytes.length - 4 && (bytes[at]! & 0xc0) === 0x80) at--;
  const lead = at < 0 ? 0 : bytes[at]!;
  const needs = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return needs > bytes.length - at ? at : bytes.length;
};

/** UTF-8 as text, in pieces that never cut a character. */
export const decodePieces = async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<DecodedText> {
  // Not with { stream: true }: that path of Node is several times slower and gives strings of twice the size.
  let rest: Uint8Array = new Uint8Array(0);
  for await (const piece of pieces) {
    let whole = piece;
    if (rest.length > 0) {
      whole = new Uint8Array(rest.length + piece.length);
      whole.set(rest);
      whole.set(piece, rest.length);
    }
    const length = wholeCharacters(whole);
    if (length > 0) yield decode(whole.subarray(0, length));
    rest = whole.slice(length);
  }
  if (rest.length > 0) yield decode(rest);
};
