import type { Kind } from "@tideway/schemas";

const fewest = 2 ** 13;
const most = 2 ** 20;

/** Bits of an id's second mark that hold its kind's number instead; there are fewer kinds than these can tell. */
const kindBits = 63;

/**
 * Remembers the kind of the last 500,000 origin ids or so, in 4 MB however many there are: an older id may be forgotten, so
 * that its use for a second kind goes unnoticed; that two ids are taken for one is as unlikely as one in 10^15.
 */
export class KindMemory {
  /** Two marks for each id, side by side: one look into memory for each datum. */
  private marks = new Uint32Array(fewest);
  private kept = 0;
  /** Kinds by number, in the order in which they were met; no kind has the number 0. */
  private readonly kinds: Array<Kind | undefined> = [undefined];

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
    other = (other & ~kindBits) >>> 0;
    const { marks } = this;
    const slot = slotOf(mark, marks);
    const number = this.numberOf(kind);
    const found = marks[slot + 1]!;
    const known = marks[slot] === mark && (found & ~kindBits) >>> 0 === other ? found & kindBits : 0;
    if (known !== 0 && known !== number) return this.kinds[known];
    if (found === 0) this.kept++;
    marks[slot] = mark;
    marks[slot + 1] = other | number;
    if (this.kept > marks.length / 8 && marks.length < most) this.grow();
    return undefined;
  }

  private numberOf(kind: Kind): number {
    const known = this.kinds.indexOf(kind);
    return known > 0 ? known : this.kinds.push(kind) - 1;
  }

  private grow() {
    const before = this.marks;
    const marks = new Uint32Array(before.length * 4);
    for (let from = 0; from < before.length; from += 2) {
      const mark = before[from]!;
      const found = before[from + 1]!;
      if (found === 0) continue;
      const slot = slotOf(mark, marks);
      marks[slot] = mark;
      marks[slot + 1] = found;
    }
    this.marks = marks;
  }
}

/** What undoes the last step of a mark. */
const undo = 0x359c449b;

/**
 * Where an id's two marks are. Ids that differ in their last character only are neighbours: most sources count, and what is
 * far apart in memory takes longer to look at than all the rest.
 */
const slotOf = (mark: number, { length }: Uint32Array): number => {
  const last = Math.imul(mark, undo);
  return ((((last >>> 7) ^ (last >>> 20)) << 5) | ((last & 15) << 1)) & (length - 1);
};
