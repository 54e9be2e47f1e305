const newline = 0x0a;
const quote = 0x22;
const comma = 0x2c;
const startOfList = 0x5b;
const backslash = 0x5c;
const endOfList = 0x5d;
const startOfObject = 0x7b;
const endOfObject = 0x7d;
const isOpening = (code: number) => code === startOfObject || code === startOfList;
const isClosing = (code: number) => code === endOfObject || code === endOfList;
const isSpace = (code: number) => code === 0x20 || code === newline || code === 0x0d || code === 0x09;

const isFirstInLine = (buffer: string, index: number): boolean => {
  for (let at = index - 1; at >= 0; at--) {
    const code = buffer.charCodeAt(at);
    if (code === newline) return true;
    if (!isSpace(code)) return false;
  }
  return false;
};

/**
 * Where the object ends that a comma parts from the one that begins at `index`; -1 where none does. A text that ends so (`},{`) is
 * none: a quote is missing before it, and what seemed to be inside of texts is outside.
 */
const endBefore = (buffer: string, index: number): number => {
  let at = index - 1;
  while (isSpace(buffer.charCodeAt(at))) at--;
  if (buffer.charCodeAt(at) !== comma) return -1;
  at--;
  while (isSpace(buffer.charCodeAt(at))) at--;
  return buffer.charCodeAt(at) === endOfObject ? at + 1 : -1;
};

/** What a scan tells. */
export interface ElementListener {
  /** An element from the start to before the end; `isOverlong` where its text was forgotten before it ended. */
  onElement(start: number, end: number, number: number, isOverlong: boolean): void;
  /** There is something else than an object or a list after the end; told once. */
  onTextAfterEnd(elementsBefore: number): void;
}

/**
 * Finds the elements of a JSON array in text that comes in pieces. Only strings and brackets are looked at, so that what is
 * unreadable inside an element costs only that element.
 */
export class JsonElements {
  private readonly listener: ElementListener;
  /** -1 before the list, 0 between elements, more inside one. */
  private depth = -1;
  private inString = false;
  private escaped = false;
  /** An element without brackets (a number, `null`, a word): it ends where the next comma or bracket is. */
  private bare = false;
  /**
   * A string of the element was not closed on its line, so that its end cannot be told by its brackets; or it stands after
   * the list, on a line of its own. A brace that begins a line begins another element then.
   */
  private torn = false;
  private ended = false;
  private toldTextAfterEnd = false;
  private overlong = false;
  /** How many elements there were. */
  count = 0;

  constructor(listener: ElementListener) {
    this.listener = listener;
  }

  get isInside(): boolean {
    return this.depth > 0;
  }

  /** Whether the list is closed, and no element after it is open. */
  get isEnded(): boolean {
    return this.ended && this.depth <= 0;
  }

  get isOverlong(): boolean {
    return this.overlong;
  }

  /** Goes on without the text of the element that is not ended yet. */
  forgetText() {
    this.overlong = true;
  }

  /** Moves on from `from` to the end of the buffer, and says where the element starts that is not ended there. */
  scan(buffer: string, from: number): number {
    // Copies, not members: this loop sees every character of the input.
    let { depth, inString, escaped, bare, torn } = this;
    let start = 0;
    const { length } = buffer;
    for (let index = from; index < length; index++) {
      let code = buffer.charCodeAt(index);
      if (inString) {
        if (escaped) {
          escaped = false;
          continue;
        }
        // Most of an input is in strings.
        while (code !== quote && code !== backslash && code !== newline && ++index < length) {
          code = buffer.charCodeAt(index);
        }
        if (index === length) break;
        if (code === quote) {
          const end = buffer.charCodeAt(index - 1) === startOfObject ? endBefore(buffer, index - 1) : -1;
          if (end > start && depth > 0 && !bare) {
            this.close(start, end);
            start = index - 1;
            depth = 1;
            torn = this.ended;
          } else inString = false;
        } else if (code === backslash) escaped = true;
        else {
          // No string of JSON goes on in the next line.
          inString = false;
          torn = true;
        }
      } else if (depth > 0 && !bare) {
        if (code === quote) inString = true;
        else if (isOpening(code)) {
          if (torn && code === startOfObject && isFirstInLine(buffer, index)) {
            this.close(start, index);
            start = index;
            depth = 1;
            torn = this.ended;
          } else depth++;
        } else if (isClosing(code)) {
          depth--;
          if (depth === 0) this.close(start, index + 1);
        }
      } else if (bare && code !== comma && !isOpening(code) && !isClosing(code)) {
        if (code === quote) inString = true;
      } else {
        if (bare) {
          bare = false;
          depth = 0;
          this.close(start, index);
        }
        if (isSpace(code)) continue;
        // What stands before the list (a second byte order mark, a space that is none in JSON) is no element of it.
        if (depth < 0) depth = code === startOfList ? 0 : -1;
        else if (this.ended && code !== startOfObject) this.passAfterEnd(code);
        else if (code === endOfList) this.ended = true;
        else if (code !== comma && code !== endOfObject) {
          start = index;
          depth = 1;
          bare = !isOpening(code);
          torn = this.ended;
          inString = code === quote;
        }
      }
    }
    Object.assign(this, { depth, inString, escaped, bare, torn });
    return depth > 0 ? start : buffer.length;
  }

  private close(start: number, end: number) {
    this.listener.onElement(start, end, ++this.count, this.overlong);
    this.overlong = false;
  }

  private passAfterEnd(code: number) {
    if (code === startOfList) this.ended = false;
    else if (!this.toldTextAfterEnd) {
      this.toldTextAfterEnd = true;
      this.listener.onTextAfterEnd(this.count);
    }
  }
}
