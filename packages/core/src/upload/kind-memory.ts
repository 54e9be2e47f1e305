import { type Kind, kinds } from "@tideway/schemas";
import { murmur128 } from "./hash.ts";

const slots = 2 ** 19;
const encoder = new TextEncoder();
const buffer = new Uint8Array(1024);
const numberOf = new Map<Kind, number>(kinds.map((kind, index) => [kind, index + 1]));

/**
 * Remembers the kind of the last 500,000 origin ids or so, in 5 MB however many there are: an older id may be forgotten, so
 * that its use for a second kind goes unnoticed; an id is never taken for another (one in 10^19).
 */
export class KindMemory {
  private readonly marks = new Uint32Array(slots);
  private readonly others = new Uint32Array(slots);
  private readonly found = new Uint8Array(slots);

  /** The other kind that this id was last seen with, if any; else it is remembered with this one. */
  see(originId: string, kind: Kind): Kind | undefined {
    const { written } = encoder.encodeInto(originId, buffer);
    const [a, mark, other] = murmur128(buffer, written);
    const slot = a & (slots - 1);
    const number = numberOf.get(kind) ?? 0;
    const known = this.marks[slot] === mark && this.others[slot] === other ? this.found[slot]! : 0;
    if (known !== 0 && known !== number) return kinds[known - 1];
    this.marks[slot] = mark;
    this.others[slot] = other;
    this.found[slot] = number;
    return undefined;
  }
}
