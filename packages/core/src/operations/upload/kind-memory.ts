import { typeOf } from "./type-of.ts";

/** Ids in a set. Its first half holds one mark of each, its second half the other: the first decides nearly always. */
const ways = 8;
const set = 2 * ways;

const size = 2 ** 20;

/** Bits of an id's second mark that hold its kind's number instead; there are fewer kinds than these can tell. */
const kindBits = 63;

/** Remembers the kinds of origin ids. */
export interface KindMemory {
  /** The kind of another type that this id was last seen with, if any; else it is remembered with this one. */
  see(originId: string, kind: string): string | undefined;
}

/**
 * Remembers the kinds of the last origin ids, in 4 MB however many there are: nearly all of the last 100,000 ids, six in
 * seven of the last 500,000. An older id may be forgotten, so that its use for a second kind goes unnoticed; that two ids are taken
 * for one is as unlikely as one in 10^15.
 */
export const createKindMemory = (): KindMemory => {
  /** Sets, in each the oldest id first; no mark is 0. */
  const marks = new Uint32Array(size);
  /** Kinds by number, in the order in which they were met; no kind has the number 0. */
  const kinds: Array<string | undefined> = [undefined];
  const types: Array<string | undefined> = [undefined];
  return {
    see: (originId, kind) => {
      let mark = 0x811c9dc5;
      let other = 0x9747b28c;
      for (let index = 0; index < originId.length; index++) {
        const code = originId.charCodeAt(index);
        mark = Math.imul(mark ^ code, 0x01000193);
        other = Math.imul(other ^ code, 0x5bd1e995) ^ (other >>> 15);
      }
      mark = mark >>> 0 || 1;
      other = (other & ~kindBits) >>> 0;
      let number = kinds.indexOf(kind);
      if (number < 0) {
        number = kinds.push(kind) - 1;
        types.push(typeOf(kind));
      }
      const first = setOf(mark);
      let at = first;
      for (; at < first + ways && marks[at] !== 0; at++) {
        if (marks[at] !== mark) continue;
        const found = marks[at + ways]!;
        if ((found & ~kindBits) >>> 0 !== other) continue;
        const known = found & kindBits;
        // Another sub type is another version of the same datum.
        return types[known] === types[number] ? undefined : kinds[known];
      }
      put(marks, first, at, mark, other | number);
      return undefined;
    }
  };
};

/** Writes an id at a place in its set; where that is the set's end, the oldest gives way. */
const put = (marks: Uint32Array, first: number, at: number, mark: number, other: number) => {
  let to = at;
  if (to === first + ways) {
    // By hand: for so few, calling `copyWithin` takes longer than the copying.
    for (let from = first + 1; from < first + set; from++) marks[from - 1] = marks[from]!;
    to--;
  }
  marks[to] = mark;
  marks[to + ways] = other;
};

/** What undoes the last step of a mark. */
const undo = 0x359c449b;

/**
 * Where an id's set begins. Ids that differ in their last character only are in neighbouring sets: most sources count, and
 * what is far apart in memory takes longer to look at than all the rest.
 */
const setOf = (mark: number): number => {
  const last = Math.imul(mark, undo);
  return ((((last >>> 7) ^ (last >>> 20)) << 7) | ((last & 7) << 4)) & (size - 1);
};
