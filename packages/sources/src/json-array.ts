import type { Entry, Page } from "./entry.ts";
import { JsonElements } from "./json-elements.ts";
import { bytesIn, type DecodedText, firstDamage } from "./text/decode-utf8.ts";
import { type Encoded, undecodable } from "./text/undecodable.ts";

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

const unread = (code: string, message: string, at: string): Entry => ({
  problem: { outcome: "rejected", code, message },
  at
});

const cutShort = (isInside: boolean, elements: number): Entry =>
  unread(
    "cut-short",
    isInside
      ? "The input ends inside this element: it was cut short, or a quote or bracket is missing. Everything before it was read. Get the whole file and upload it again: only what is missing is sent."
      : "The input ends before its list does: it was cut short. Everything up to here was read. Get the whole file and upload it again: only what is missing is sent.",
    isInside ? `element ${elements + 1}` : `after element ${elements}`
  );

/** How an array is read. */
export interface ArrayOptions extends Encoded {
  /** Most characters in an element. */
  readonly longest: number;
}

/**
 * The elements of a JSON array, as entries of unparsed text. A missing or trailing comma and a closing brace too many are
 * forgiven, and so are several arrays and objects one after another; an end that does not come, and other text after it, are told as problems.
 */
export const readJsonArray = async function* (
  pieces: AsyncIterable<DecodedText>,
  options: ArrayOptions
): AsyncGenerator<Page> {
  const { longest } = options;
  let page: Array<Entry> = [];
  let buffer = "";
  let isDamaged = false;
  let received = 0;
  /** Up to where the bytes of the buffer were counted, and how many they were. */
  let counted = { to: 0, bytes: 0 };

  const bytesBefore = (to: number): number => {
    const from = to < counted.to ? { to: 0, bytes: 0 } : counted;
    counted = { to, bytes: from.bytes + bytesIn(buffer.slice(from.to, to)) };
    return counted.bytes;
  };

  const elementTooLong = (number: number) =>
    unread(
      "too-long",
      `The element is longer than ${longest.toLocaleString("en")} characters, which no datum is. Is a quote or a bracket missing?`,
      `element ${number}`
    );

  const elements = new JsonElements({
    onElement: (start, end, number, isOverlong) => {
      if (isOverlong || end - start > longest) {
        page.push(elementTooLong(number));
        return;
      }
      const text = buffer.slice(start, end);
      const fault = isDamaged ? firstDamage(text) : -1;
      page.push(
        fault < 0
          ? new Element(text, number)
          : undecodable(options, received + bytesBefore(start + fault), `element ${number}`)
      );
    },
    onTextAfterEnd: (number) =>
      page.push(
        unread(
          "text-after-end",
          "There is text after the end of the list that is no datum: it was passed over.",
          `after element ${number}`
        )
      )
  });

  for await (const piece of pieces) {
    // Damage in what is left of the pieces before is still damage.
    isDamaged = piece.isDamaged || (isDamaged && buffer !== "");
    const scanned = buffer.length;
    buffer += piece.text;
    counted = { to: 0, bytes: 0 };
    const start = elements.scan(buffer, scanned);
    if (page.length > 0) yield { entries: page, text: buffer };
    page = [];
    // Of an element that is too long already nothing more is kept.
    const isTooLong = elements.isOverlong || buffer.length - start > longest;
    if (isTooLong) elements.forgetText();
    const kept = isTooLong ? buffer.length : start;
    received += bytesBefore(kept);
    buffer = buffer.slice(kept);
  }
  if (elements.isOverlong) yield { entries: [elementTooLong(elements.count + 1)], text: "" };
  else if (!elements.isEnded) yield { entries: [cutShort(elements.isInside, elements.count)], text: "" };
};
