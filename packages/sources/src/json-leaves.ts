/** A text or number somewhere inside a JSON object. */
export interface Leaf {
  /** The object or array that has it, and under which name or place. */
  readonly holder: Record<string, unknown>;
  readonly key: string;
  readonly isText: boolean;
  /** Where its own characters are: without the quotes. */
  readonly from: number;
  readonly to: number;
}

/** Nested deeper than this is no datum that many others look like. */
const deepest = 16;

const quote = 0x22;
const backslash = 0x5c;
const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
const isDigit = (code: number) => code >= 0x30 && code <= 0x39;

/** Walks a text that `JSON.parse` has accepted, and what it made of it, side by side. */
class Walk {
  readonly leaves: Array<Leaf> = [];
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Whether every leaf has a place of its own in the value. */
  value(holder: Record<string, unknown>, key: string, depth: number): boolean {
    this.pass();
    const { text, at } = this;
    const code = text.charCodeAt(at);
    if (code === quote) {
      if (this.passText()) this.leaves.push({ holder, key, isText: true, from: at + 1, to: this.at - 1 });
    } else if (code === 0x7b || code === 0x5b) {
      return depth < deepest && this.members(holder[key] as Record<string, unknown>, code === 0x5b, depth + 1);
    } else {
      while (this.at < text.length && !",]} \n\r\t".includes(text[this.at]!)) this.at++;
      const isNumber = code === 0x2d || isDigit(code);
      if (isNumber) this.leaves.push({ holder, key, isText: false, from: at, to: this.at });
    }
    return true;
  }

  private members(holder: Record<string, unknown>, isList: boolean, depth: number): boolean {
    const { text } = this;
    const seen = new Set<string>();
    this.at++;
    for (let index = 0; ; index++) {
      this.pass();
      const code = text.charCodeAt(this.at);
      if (code === 0x7d || code === 0x5d) {
        this.at++;
        return true;
      }
      if (code === 0x2c) {
        this.at++;
        this.pass();
      }
      const key = isList ? String(index) : this.name();
      // An escaped name, or one that comes twice: where the value is kept cannot be told from the text alone.
      if (key === undefined || seen.has(key)) return false;
      seen.add(key);
      if (!this.value(holder, key, depth)) return false;
    }
  }

  /** A member's name; undefined where it is not what stands in the text. */
  private name(): string | undefined {
    const from = this.at + 1;
    const isPlain = this.passText();
    const name = this.text.slice(from, this.at - 1);
    this.pass();
    this.at++;
    return isPlain && name !== "__proto__" ? name : undefined;
  }

  private pass() {
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
  }

  /** Whether it has no escapes. */
  private passText(): boolean {
    let isPlain = true;
    for (this.at++; this.text.charCodeAt(this.at) !== quote; this.at++) {
      if (this.text.charCodeAt(this.at) !== backslash) continue;
      isPlain = false;
      this.at++;
    }
    this.at++;
    return isPlain;
  }
}

/**
 * The texts and numbers of an object, in the order of its JSON text. Texts with escapes, `true`, `false` and `null` are left
 * out. Undefined where a leaf's place cannot be told: a name twice or with escapes, or too deep.
 */
export const leavesOf = (text: string, object: Record<string, unknown>): ReadonlyArray<Leaf> | undefined => {
  const walk = new Walk(text);
  return walk.value({ object }, "object", 0) ? walk.leaves : undefined;
};
