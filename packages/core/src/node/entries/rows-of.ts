/** Numbers that a session's rows have in a table that several share: the lower 32 bits are the session's own to choose. */
export const rowsOf = (session: number) => ({ first: session * 2 ** 32, last: session * 2 ** 32 + 2 ** 32 - 1 });
