import type { Utf8Slice } from "../../contract/entry.ts";

const encoder = new TextEncoder();

/** Texts as UTF-8 one after another, in one array that nobody else has. */
export class Bytes {
  private bytes = new Uint8Array(0);
  private length = 0;
  /** The array that the first slice is a part of, of which there is a copy at the start. */
  private first: Uint8Array | undefined;

  /** Adds a text, and notes where it begins and ends. */
  add(text: string | Utf8Slice, places: Uint32Array, at: number) {
    if (typeof text !== "string") {
      if (this.length === 0) this.addAll(text.bytes);
      if (text.bytes === this.first) {
        places[at] = text.from;
        places[at + 1] = text.to;
        return;
      }
    }
    places[at] = this.length;
    if (typeof text === "string") {
      this.makeRoom(3 * text.length);
      this.length += encoder.encodeInto(text, this.bytes.subarray(this.length)).written;
    } else {
      const { bytes, from, to } = text;
      this.makeRoom(to - from);
      this.bytes.set(bytes.subarray(from, to), this.length);
      this.length += to - from;
    }
    places[at + 1] = this.length;
    // Neighbours want a byte between them, so that they can be copied in one go.
    this.makeRoom(1);
    this.length++;
  }

  /** All that was added; it can be handed over. */
  take(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.length);
  }

  /** Nearly always the other slices are of the same array: then one copy does for all. */
  private addAll(bytes: Uint8Array) {
    this.first = bytes;
    this.bytes = new Uint8Array(bytes);
    this.length = bytes.length;
  }

  private makeRoom(more: number) {
    const least = this.length + more;
    if (least <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(least, 2 * this.bytes.length));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}
