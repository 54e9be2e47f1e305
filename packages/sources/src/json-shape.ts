import type { Leaf } from "./json-leaves.ts";

const encoder = new TextEncoder();

const quote = 0x22;
const backslash = 0x5c;
const minus = 0x2d;
const plus = 0x2b;
const point = 0x2e;
const zero = 0x30;
const nine = 0x39;

/** A leaf that is not always the same, and the bytes from the one before it up to it. */
interface Slot {
  readonly before: Uint8Array;
  readonly holder: Record<string, unknown>;
  readonly key: string;
  readonly isText: boolean;
}

/** Up to here, numbers of so many digits and powers of ten are exact, and so is what dividing one by the other gives. */
const exactDigits = 15;
const powers = Array.from({ length: exactDigits + 1 }, (_, exponent) => 10 ** exponent);

/**
 * The text that objects of one make have in common, with slots where they differ. Reads an object's text by comparing it
 * with that, which takes a third of the time of `JSON.parse`.
 */
export class JsonShape {
  /** The text that is always the same, leaves cut out: shapes are equal where this is. */
  readonly frame: string;
  private readonly text: string;
  private readonly leaves: ReadonlyArray<Leaf>;
  private readonly differing = new Set<number>();
  private readonly object: Record<string, unknown>;
  private slots: ReadonlyArray<Slot> = [];
  private tail: Uint8Array = new Uint8Array(0);
  /** Where the last number ended. */
  private end = 0;

  /** Made from one object, its text and its leaves; the object is the shape's own from now on. */
  constructor(frame: string, text: string, leaves: ReadonlyArray<Leaf>, object: Record<string, unknown>) {
    this.frame = frame;
    this.text = text;
    this.leaves = leaves;
    this.object = object;
    this.cut();
  }

  /** Learns from another object of the same frame which leaves differ. */
  loosen(text: string, leaves: ReadonlyArray<Leaf>) {
    for (const [index, { from, to }] of this.leaves.entries()) {
      const other = leaves[index]!;
      if (this.text.slice(from, to) !== text.slice(other.from, other.to)) this.differing.add(index);
    }
    this.cut();
  }

  private cut() {
    const slots: Array<Slot> = [];
    let at = 0;
    for (const [index, { holder, key, isText, from, to }] of this.leaves.entries()) {
      if (!this.differing.has(index)) continue;
      slots.push({ before: encoder.encode(this.text.slice(at, from)), holder, key, isText });
      at = to;
    }
    this.slots = slots;
    this.tail = encoder.encode(this.text.slice(at));
  }

  /**
   * The object of an ASCII text, given as bytes too, from one place to another; undefined where it has another shape. It is
   * the same object every time, and its texts are parts of that text.
   */
  read(text: string, bytes: Uint8Array, from: number, to: number): Record<string, unknown> | undefined {
    const { slots, tail } = this;
    let at = from;
    for (let index = 0; index < slots.length; index++) {
      const { before, holder, key, isText } = slots[index]!;
      const { length } = before;
      for (let offset = 0; offset < length; offset++) if (bytes[at + offset] !== before[offset]) return undefined;
      at += length;
      if (isText) {
        const start = at;
        for (let code = bytes[at]; code !== quote; code = bytes[++at]) {
          if (code === undefined || code === backslash || code < 0x20) return undefined;
        }
        holder[key] = text.slice(start, at);
      } else {
        const number = this.number(text, bytes, at);
        if (Number.isNaN(number)) return undefined;
        holder[key] = number;
        at = this.end;
      }
    }
    if (at + tail.length !== to) return undefined;
    for (let offset = 0; offset < tail.length; offset++) if (bytes[at + offset] !== tail[offset]) return undefined;
    return this.object;
  }

  /** The number that begins there, as JSON writes them, or NaN; says where it ends. */
  private number(text: string, bytes: Uint8Array, from: number): number {
    let at = from;
    if (bytes[at] === minus) at++;
    const first = at;
    let whole = 0;
    let code = bytes[at]!;
    if (code === zero) code = bytes[++at]!;
    else for (; code >= zero && code <= nine; code = bytes[++at]!) whole = whole * 10 + code - zero;
    if (at === first) return Number.NaN;
    let digits = at - first;
    let decimals = 0;
    if (code === point) {
      for (code = bytes[++at]!; code >= zero && code <= nine; code = bytes[++at]!) {
        whole = whole * 10 + code - zero;
        decimals++;
      }
      if (decimals === 0) return Number.NaN;
      digits += decimals;
    }
    // e or E
    if ((code | 0x20) === 0x65) {
      code = bytes[++at]!;
      if (code === plus || code === minus) code = bytes[++at]!;
      const exponent = at;
      while (code >= zero && code <= nine) code = bytes[++at]!;
      if (at === exponent) return Number.NaN;
      digits = Number.POSITIVE_INFINITY;
    }
    this.end = at;
    if (digits > exactDigits) return Number(text.slice(from, at));
    const number = decimals === 0 ? whole : whole / powers[decimals]!;
    return first === from ? number : -number;
  }
}
