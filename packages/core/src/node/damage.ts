/** An error like those of SQLite where it finds a file damaged. */
export const damage = (message: string): Error => Object.assign(new Error(message), { errcode: 11 });

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
export const isDamage = (thrown: unknown): boolean =>
  thrown instanceof Error && "errcode" in thrown && [11, 26].includes(Number(thrown.errcode) & 0xff);
