/** Index entries in memory: which keys go with a hash. */
export interface WriteBuffer {
  add(hash: number, key: number): void;
  /** Whether it was there. */
  remove(hash: number, key: number): boolean;
  has(hash: number, key: number): boolean;
  keys(hash: number): ReadonlyArray<number>;
  size(): number;
  /** Every entry, by hash. */
  sorted(): ReadonlyArray<readonly [hash: number, key: number]>;
}

const none: ReadonlyArray<number> = [];

/** An empty one. A hash with one key, the rule, costs no list. */
export const createWriteBuffer = (): WriteBuffer => {
  const entries = new Map<number, number | ReadonlyArray<number>>();
  let count = 0;
  const keys = (hash: number): ReadonlyArray<number> => {
    const found = entries.get(hash);
    if (found === undefined) return none;
    return typeof found === "number" ? [found] : found;
  };
  return {
    keys,
    add(hash, key) {
      const before = keys(hash);
      entries.set(hash, before.length === 0 ? key : [...before, key]);
      count += 1;
    },
    remove(hash, key) {
      const before = keys(hash);
      const left = before.filter((other) => other !== key);
      if (left.length === before.length) return false;
      if (left.length === 0) entries.delete(hash);
      else entries.set(hash, left);
      count -= 1;
      return true;
    },
    has: (hash, key) => keys(hash).includes(key),
    size: () => count,
    sorted: () =>
      [...entries.keys()]
        .sort((left, right) => left - right)
        .flatMap((hash) => keys(hash).map((key) => [hash, key] as const))
  };
};
