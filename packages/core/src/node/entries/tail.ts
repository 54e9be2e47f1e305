import { upperOf } from "./id-key.ts";

const fewest = 2 ** 12;
/** Twice as often by half as much would take three times as long. */
const growth = 4;
const none = -1;

/** Where the newest entries are, by key: a hash table in memory, of 24 to 96 bytes an entry. */
export class Tail {
  private keys = new Float64Array(fewest).fill(none);
  private places = new Uint32Array(fewest);
  size = 0;

  get(key: number): number | undefined {
    const slot = this.slotOf(key);
    return this.keys[slot] === none ? undefined : this.places[slot];
  }

  set(key: number, place: number) {
    const slot = this.slotOf(key);
    this.places[slot] = place;
    if (this.keys[slot] === key) return;
    this.keys[slot] = key;
    if (++this.size > this.keys.length / 2) this.grow();
  }

  /** All keys, in order. */
  sorted(): Float64Array {
    return this.keys.filter((key) => key !== none).sort();
  }

  /** All that is in it, for `fill`: first the keys, then their places, in an order that `fill` is quick with. */
  toBytes(): Uint8Array {
    const { keys, places, size } = this;
    const bytes = new Uint8Array(size * 12);
    const ownKeys = new Float64Array(bytes.buffer, 0, size);
    const ownPlaces = new Uint32Array(bytes.buffer, size * 8);
    let to = 0;
    for (let slot = 0; slot < keys.length; slot++) {
      if (keys[slot] === none) continue;
      ownKeys[to] = keys[slot]!;
      ownPlaces[to++] = places[slot]!;
    }
    return bytes;
  }

  /** Adds what `toBytes` gave, and tells each key. */
  fill(bytes: Uint8Array, onKey: (key: number) => void) {
    const own = bytes.slice();
    const count = own.length / 12;
    const keys = new Float64Array(own.buffer, 0, count);
    const places = new Uint32Array(own.buffer, count * 8);
    while (this.keys.length < 2 * (this.size + count)) this.grow();
    for (let index = 0; index < count; index++) {
      const key = keys[index]!;
      this.set(key, places[index]!);
      onKey(key);
    }
  }

  clear() {
    this.keys.fill(none);
    this.size = 0;
  }

  /** The slot of a key, or the free one that would be its own. */
  private slotOf(key: number): number {
    const { keys } = this;
    const mask = keys.length - 1;
    let slot = upperOf(key) & mask;
    for (let found = keys[slot]; found !== key && found !== none; found = keys[slot]) slot = (slot + 1) & mask;
    return slot;
  }

  private grow() {
    const { keys, places } = this;
    this.keys = new Float64Array(keys.length * growth).fill(none);
    this.places = new Uint32Array(keys.length * growth);
    this.size = 0;
    for (let slot = 0; slot < keys.length; slot++) {
      const key = keys[slot]!;
      if (key !== none) this.set(key, places[slot]!);
    }
  }
}
