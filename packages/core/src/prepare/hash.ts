import type { Utf8Slice } from "../contract/entry.ts";

const encoder = new TextEncoder();
let buffer = new Uint8Array(4096);

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const pairs = Array.from({ length: 4096 }, (_, index) => digits[index >> 6]! + digits[index & 63]!);

const rotate = (x: number, by: number) => (x << by) | (x >>> (32 - by));

const mix = (x: number) => {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};

const [c1, c2, c3, c4] = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93];

let seen: Uint8Array = buffer;
let view: DataView = new DataView(buffer.buffer);

/** The bytes by words: made once for many slices of one array. */
const viewOf = (bytes: Uint8Array): DataView => {
  if (seen !== bytes) {
    seen = bytes;
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }
  return view;
};

/** MurmurHash3 x86 128 of some bytes, as four 32-bit numbers: 128 bits, quick, the same everywhere; no secret is kept by it. */
export const murmur128 = (
  bytes: Uint8Array,
  from = 0,
  to = bytes.length
): readonly [number, number, number, number] => {
  const words = viewOf(bytes);
  const length = to - from;
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  const whole = from + (length & ~15);
  for (let i = from; i < whole; i += 16) {
    h1 ^= Math.imul(rotate(Math.imul(words.getInt32(i, true), c1), 15), c2);
    h1 = (Math.imul((rotate(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotate(Math.imul(words.getInt32(i + 4, true), c2), 16), c3);
    h2 = (Math.imul((rotate(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0;
    h3 ^= Math.imul(rotate(Math.imul(words.getInt32(i + 8, true), c3), 17), c4);
    h3 = (Math.imul((rotate(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0;
    h4 ^= Math.imul(rotate(Math.imul(words.getInt32(i + 12, true), c4), 18), c1);
    h4 = (Math.imul((rotate(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0;
  }
  const tail = [0, 0, 0, 0];
  for (let i = whole; i < to; i++) tail[(i - whole) >> 2]! |= bytes[i]! << (((i - whole) & 3) * 8);
  h4 ^= Math.imul(rotate(Math.imul(tail[3]!, c4), 18), c1);
  h3 ^= Math.imul(rotate(Math.imul(tail[2]!, c3), 17), c4);
  h2 ^= Math.imul(rotate(Math.imul(tail[1]!, c2), 16), c3);
  h1 ^= Math.imul(rotate(Math.imul(tail[0]!, c1), 15), c2);
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  h1 = mix(h1);
  h2 = mix(h2);
  h3 = mix(h3);
  h4 = mix(h4);
  h1 = (h1 + h2 + h3 + h4) | 0;
  return [h1 >>> 0, (h2 + h1) >>> 0, (h3 + h1) >>> 0, (h4 + h1) >>> 0];
};

type Hash = ReturnType<typeof murmur128>;

const text64 = ([a, b]: Hash): string =>
  pairs[a >>> 20]! +
  pairs[(a >>> 8) & 4095]! +
  pairs[((a & 255) << 4) | (b >>> 28)]! +
  pairs[(b >>> 16) & 4095]! +
  pairs[(b >>> 4) & 4095]! +
  digits[(b & 15) << 2]!;

const text128 = ([a, b, c, d]: Hash): string =>
  pairs[a >>> 20]! +
  pairs[(a >>> 8) & 4095]! +
  pairs[((a & 255) << 4) | (b >>> 28)]! +
  pairs[(b >>> 16) & 4095]! +
  pairs[(b >>> 4) & 4095]! +
  pairs[((b & 15) << 8) | (c >>> 24)]! +
  pairs[(c >>> 12) & 4095]! +
  pairs[c & 4095]! +
  pairs[d >>> 20]! +
  pairs[(d >>> 8) & 4095]! +
  pairs[(d & 255) << 4]!;

/** Puts a text's UTF-8 into the buffer and says how long it is. */
const encode = (text: string): number => {
  if (buffer.length < text.length * 3) buffer = new Uint8Array(text.length * 4);
  return encoder.encodeInto(text, buffer).written;
};

/** A hash of a text's UTF-8, to tell any text from any other: 22 characters of A-Z a-z 0-9 - _. */
export const hashText = (text: string): string => {
  const length = encode(text);
  return text128(murmur128(buffer, 0, length));
};

/** Characters of a fingerprint. */
export const printLength = 11;

/** Half of a hash, to tell two versions of one datum's text apart. */
export const fingerprintOf = (entry: { readonly text: string; readonly utf8?: Utf8Slice }): string => {
  const { utf8 } = entry;
  if (utf8) return text64(murmur128(utf8.bytes, utf8.from, utf8.to));
  const length = encode(entry.text);
  return text64(murmur128(buffer, 0, length));
};
