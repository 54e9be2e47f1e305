import type { Entry, Page } from "./entry.ts";

/** An element's text; where it stands is put into words only when somebody asks. */
class Element {
  readonly text: string;
  readonly number: number;

  constructor(text: string, number: number) {
    this.text = text;
    this.number = number;
  }

  get unit(): string {
    return "element";
  }

  get place(): this {
    return this;
  }

  get at(): string {
    return `${this.unit} ${this.number}`;
  }
}

const quote = 0x22;
const comma = 0x2c;
const startOfList = 0x5b;
const backslash = 0x5c;
const endOfList = 0x5d;
const endOfObject = 0x7d;
const isOpening = (code: number) => code === 0x7b || code === 0x5b;
const isClosing = (code: number) => code === endOfObject || code === endOfList;
const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** Where a scan stands between two pieces of text. */
interface State {
  /** -1 before the list, 0 between elements, more inside one. */
  depth: number;
  inString: boolean;
  escaped: boolean;
  /** An element without brackets (a number, `null`, a word): it ends where the next comma or bracket is. */
  bare: boolean;
  ended: boolean;
  textAfterEnd: boolean;
  elements: number;
}

/**
 * Moves on from `from`, adds each finished element to `page` and says where the unfinished one starts. Only strings and
 * brackets are looked at, so that what is unreadable inside an element costs only that element.
 */
const scan = (state: State, buffer: string, from: number, page: Array<Entry>): number => {
  // Copies, not the object: this loop sees every character of the input.
  let { depth, inString, escaped, bare, ended, elements } = state;
  let start = 0;
  let index = from;
  for (; index < buffer.length; index++) {
    const code = buffer.charCodeAt(index);
    if (inString) {
      if (escaped) escaped = false;
      else if (code === backslash) escaped = true;
      else if (code === quote) inString = false;
    } else if (depth > 0 && !bare) {
      if (code === quote) inString = true;
      else if (isOpening(code)) depth++;
      else if (isClosing(code)) {
        depth--;
        if (depth === 0) page.push(new Element(buffer.slice(start, index + 1), ++elements));
      }
    } else if (bare && code !== comma && !isOpening(code) && !isClosing(code)) {
      if (code === quote) inString = true;
    } else {
      if (bare) {
        bare = false;
        depth = 0;
        page.push(new Element(buffer.slice(start, index), ++elements));
      }
      if (isSpace(code)) continue;
      if (ended) {
        state.textAfterEnd = true;
        break;
      }
      // What stands before the list (a second byte order mark, a space that is none in JSON) is no element of it.
      if (depth < 0) depth = code === startOfList ? 0 : -1;
      else if (code === endOfList) ended = true;
      else if (code !== comma && code !== endOfObject) {
        start = index;
        depth = 1;
        bare = !isOpening(code);
        inString = code === quote;
      }
    }
  }
  Object.assign(state, { depth, inString, escaped, bare, ended, elements });
  return depth > 0 ? start : buffer.length;
};

const unread = (code: string, message: string, at: string): Entry => ({
  problem: { outcome: "rejected", code, message },
  at
});

const cutShort = ({ elements, depth }: State): Entry =>
  unread(
    "cut-short",
    depth > 0
      ? "The input ends inside this element: it was cut short, or a quote or bracket is missing. Everything before it was read. Get the whole file and upload it again: only what is missing is sent."
      : "The input ends before its list does: it was cut short. Everything up to here was read. Get the whole file and upload it again: only what is missing is sent.",
    depth > 0 ? `element ${elements + 1}` : `after element ${elements}`
  );

/**
 * The elements of a JSON array, as entries of unparsed text. A missing or trailing comma and a closing brace too many are
 * forgiven; an end that does not come, and text after it, are told as problems.
 */
export async function* readJsonArray(
  text: AsyncIterable<string>,
  { longest }: { readonly longest: number }
): AsyncGenerator<Page> {
  const state: State = {
    depth: -1,
    inString: false,
    escaped: false,
    bare: false,
    ended: false,
    textAfterEnd: false,
    elements: 0
  };
  let rest = "";
  for await (const piece of text) {
    const buffer = rest + piece;
    const page: Array<Entry> = [];
    const start = scan(state, buffer, rest.length, page);
    rest = buffer.slice(start);
    const over = page.findIndex((entry) => "text" in entry && entry.text.length > longest);
    const tooLong = over >= 0 || rest.length > longest;
    if (tooLong) {
      const at = page[over]?.at ?? `element ${state.elements + 1}`;
      if (over >= 0) page.length = over;
      const message = `The element is longer than ${longest.toLocaleString("en")} characters, which no datum is: a quote or a bracket is missing. Nothing from here on was read.`;
      page.push(unread("too-long", message, at));
    } else if (state.textAfterEnd) {
      page.push(unread("text-after-end", "There is text after the end of the list; it was not read.", "the end"));
    }
    if (page.length > 0) yield { entries: page, text: buffer };
    if (tooLong || state.textAfterEnd) return;
  }
  if (!state.ended) yield { entries: [cutShort(state)], text: "" };
}
