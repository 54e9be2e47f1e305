import { type Kind, kinds } from "@tideway/schemas";

const slots = 2 ** 19;
const numberOf = new Map<Kind, number>(kinds.map((kind, index) => [kind, index + 1]));

/**
 * Remembers the kind of the last 500,000 origin ids or so, in 5 MB however many there are: an older id may be forgotten, so
 * that its use for a second kind goes unnoticed; that two ids are taken for one is as unlikely as one in 10^15.
 */
export class KindMemory {
  private readonly marks = new Uint32Array(slots);
  private readonly others = new Uint32Array(slots);
  private readonly found = new Uint8Array(slots);

  /** The other kind that this id was last seen with, if any; else it is remembered with this one. */
  see(originId: string, kind: Kind): Kind | undefined {
    let mark = 0x811c9dc5;
    let other = 0x9747b28c;
    for (let index = 0; index < originId.length; index++) {
      const code = originId.charCodeAt(index);
      mark = Math.imul(mark ^ code, 0x01000193);
      other = Math.imul(other ^ code, 0x5bd1e995) ^ (other >>> 15);
    }
    mark >>>= 0;
    other >>>= 0;
    const slot = (mark ^ (mark >>> 16) ^ other) & (slots - 1);
    const number = numberOf.get(kind) ?? 0;
    const known = this.marks[slot] === mark && this.others[slot] === other ? this.found[slot]! : 0;
    if (known !== 0 && known !== number) return kinds[known - 1];
    this.marks[slot] = mark;
    this.others[slot] = other;
    this.found[slot] = number;
    return undefined;
  }
}
