/** An error like those of SQLite where it finds a file damaged. */
export const damage = (message: string): Error => Object.assign(new Error(message), { errcode: 11 });

/**
 * What SQLite answers where the disk, the rights or another program are in the way: PERM, BUSY, LOCKED, NOMEM, READONLY, INTERRUPT,
 * IOERR, FULL, CANTOPEN, PROTOCOL and AUTH. With statements that were tried, all else comes of what is in the file.
 */
const outside: ReadonlySet<number> = new Set([3, 5, 6, 7, 8, 9, 10, 13, 14, 15, 23]);

/** Whether something was thrown because of what is in a file. */
export const isDamage = (thrown: unknown): boolean => {
  if (!(thrown instanceof Error)) return false;
  if ("errcode" in thrown) return !outside.has(Number(thrown.errcode) & 0xff);
  // A number in the file is larger than any that was written.
  return "code" in thrown && thrown.code === "ERR_OUT_OF_RANGE";
};
