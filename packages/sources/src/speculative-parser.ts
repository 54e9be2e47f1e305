import { type Leaf, leavesOf } from "./json-leaves.ts";
import { type AsciiText, JsonShape } from "./json-shape.ts";

/** Shapes that are kept: those of the last objects. */
const most = 16;

/** Longer objects are no readings: a shape for them is not worth having. */
const longest = 4096;

/** After so many objects in a row of which each needed `JSON.parse`, the next ones are not even looked at. */
const patience = 32;
const rest = 1024;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The text with its leaves cut out: what texts and numbers they were is not in it, and which of the two is. */
const frameOf = (text: string, leaves: ReadonlyArray<Leaf>): string => {
  let frame = "";
  let at = 0;
  for (const { from, to, isText } of leaves) {
    frame += `${text.slice(at, from)}${isText ? "\u0001" : "\u0002"}`;
    at = to;
  }
  return frame + text.slice(at);
};

/**
 * Parses JSON texts one after another, on the assumption that most look like one of those before. Where that is so, it takes
 * a third of the time of `JSON.parse`; where it is not, that does it.
 *
 * What it gives, measured against `JSON.parse` alone in turns, on the whole upload of 200,000 readings from NDJSON over loopback, with two processors
 * that others used as well: 3.2 s of processor time instead of 4.0, 10.1 s on the clock instead of 14.6 (medians of four). At 50 ms a
 * request the network takes nearly all of the time, and it makes no difference. A property test holds it to what `JSON.parse` gives.
 */
export class SpeculativeParser {
  /** The last used first. */
  private readonly shapes: Array<JsonShape> = [];
  private misses = 0;
  private resting = 0;

  /**
   * What `JSON.parse` makes of a part of a text. Good for looking at until the next
   * call: an object may be the same one every time, and texts in it may keep all of the text in memory.
   *
   * @throws {SyntaxError} as `JSON.parse` does.
   */
  parse(whole: AsciiText, from: number, to: number): unknown {
    if (this.resting > 0) this.resting--;
    else {
      const { shapes } = this;
      for (let index = 0; index < shapes.length; index++) {
        const shape = shapes[index]!;
        const object = shape.read(whole, from, to);
        if (object === undefined) continue;
        this.misses = 0;
        if (index > 0) {
          shapes.copyWithin(1, 0, index);
          shapes[0] = shape;
        }
        return object;
      }
      if (to - from <= longest) return this.learn(whole.text.slice(from, to));
    }
    return JSON.parse(whole.text.slice(from, to));
  }

  private learn(text: string): unknown {
    const value: unknown = JSON.parse(text);
    if (++this.misses > patience) {
      this.misses = 0;
      this.resting = rest;
    }
    const leaves = isObject(value) ? leavesOf(text, value) : undefined;
    if (leaves === undefined) return value;
    const frame = frameOf(text, leaves);
    const known = this.shapes.find((shape) => shape.frame === frame);
    if (known) known.loosen(text, leaves);
    else {
      if (this.shapes.length === most) this.shapes.pop();
      this.shapes.unshift(new JsonShape(frame, text, leaves, value as Record<string, unknown>));
    }
    return value;
  }
}
