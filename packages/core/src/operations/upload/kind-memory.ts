import { typeOf } from "./type-of.ts";

/** Ids in a set. Its first half holds one mark of each, its second half the other: the first decides nearly always. */
const ways = 8;
const set = 2 * ways;

/** Numbers that the marks take at first and at most: an upload of a few datums need not set 4 MB to zero. */
const [leastSize, mostSize] = [2 ** 12, 2 ** 20];

/** One id in so many numbers: from then on sets would overflow long before the whole is full. */
const crowded = 12;

/** Bits of an id's second mark that hold its kind's number instead; there are fewer kinds than these can tell. */
const kindBits = 63;

/** Remembers the kinds of origin ids. */
export interface KindMemory {
  /** The kind of another type that this id was last seen with, if any; else it is remembered with this one. */
  see(originId: string, kind: string): string | undefined;
}

/**
 * Remembers the kinds of the last origin ids, in at most 4 MB however many there are: nearly all of the last 100,000 ids, six in
 * seven of the last 500,000. An older id may be forgotten, so that its use for a second kind goes unnoticed; that two ids are taken
 * for one is as unlikely as one in 10^15.
 */
export const createKindMemory = (): KindMemory => {
  /** Sets, in each the oldest id first; no mark is 0. */
  let marks = new Uint32Array(leastSize);
  let count = 0;
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
      const first = setOf(mark, marks.length);
      let at = first;
      for (; at < first + ways && marks[at] !== 0; at++) {
        if (marks[at] !== mark) continue;
        const found = marks[at + ways]!;
        if ((found & ~kindBits) >>> 0 !== other) continue;
        const known = found & kindBits;
        // Another sub type is another version of the same datum.
        return types[known] === types[number] ? undefined : kinds[known];
      }
      if (put(marks, first, at, mark, other | number)) count++;
      if (count * crowded > marks.length && marks.length < mostSize) marks = enlarged(marks);
      return undefined;
    }
  };
};

/** Writes an id at a place in its set; where that is the set's end, the oldest gives way. Whether there is one more then. */
const put = (marks: Uint32Array, first: number, at: number, mark: number, other: number): boolean => {
  let to = at;
  const isFull = to === first + ways;
  if (isFull) {
    // By hand: for so few, calling `copyWithin` takes longer than the copying.
    for (let from = first + 1; from < first + set; from++) marks[from - 1] = marks[from]!;
    to--;
  }
  marks[to] = mark;
  marks[to + ways] = other;
  return !isFull;
};

/** The same ids in a table four times as large: each set is parted among four, and keeps its order. */
const enlarged = (marks: Uint32Array): Uint32Array<ArrayBuffer> => {
  const larger = new Uint32Array(4 * marks.length);
  for (let first = 0; first < marks.length; first += set) {
    for (let from = first; from < first + ways && marks[from] !== 0; from++) {
      const mark = marks[from]!;
      let to = setOf(mark, larger.length);
      while (larger[to] !== 0) to++;
      larger[to] = mark;
      larger[to + ways] = marks[from + ways]!;
    }
  }
  return larger;
};

/** What undoes the last step of a mark. */
const undo = 0x359c449b;

/**
 * Where an id's set begins. Ids that differ in their last character only are in neighbouring sets: most sources count, and
 * what is far apart in memory takes longer to look at than all the rest.
 */
const setOf = (mark: number, size: number): number => {
  const last = Math.imul(mark, undo);
  return ((((last >>> 7) ^ (last >>> 20)) << 7) | ((last & 7) << 4)) & (size - 1);
};
