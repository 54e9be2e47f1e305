import type { Kind } from "@tideway/schemas";

const fewest = 2 ** 12;
const most = 2 ** 19;

/**
 * Remembers the kind of the last 500,000 origin ids or so, in 5 MB however many there are: an older id may be forgotten, so
 * that its use for a second kind goes unnoticed; that two ids are taken for one is as unlikely as one in 10^15.
 */
export class KindMemory {
  private marks = new Uint32Array(fewest);
  private others = new Uint32Array(fewest);
  private found = new Uint8Array(fewest);
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
    other >>>= 0;
    const slot = this.slotOf(mark, other);
    const number = this.numberOf(kind);
    const known = this.marks[slot] === mark && this.others[slot] === other ? this.found[slot]! : 0;
    if (known !== 0 && known !== number) return this.kinds[known];
    if (this.found[slot] === 0) this.kept++;
    this.marks[slot] = mark;
    this.others[slot] = other;
    this.found[slot] = number;
    if (this.kept > this.found.length / 4 && this.found.length < most) this.grow();
    return undefined;
  }

  private numberOf(kind: Kind): number {
    const known = this.kinds.indexOf(kind);
    return known > 0 ? known : this.kinds.push(kind) - 1;
  }

  private slotOf(mark: number, other: number): number {
    return (mark ^ (mark >>> 16) ^ other) & (this.found.length - 1);
  }

  private grow() {
    const { marks, others, found } = this;
    const slots = found.length * 4;
    this.marks = new Uint32Array(slots);
    this.others = new Uint32Array(slots);
    this.found = new Uint8Array(slots);
    for (let from = 0; from < found.length; from++) {
      if (found[from] === 0) continue;
      const slot = this.slotOf(marks[from]!, others[from]!);
      this.marks[slot] = marks[from]!;
      this.others[slot] = others[from]!;
      this.found[slot] = found[from]!;
    }
  }
}
