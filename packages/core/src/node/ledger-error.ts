import { LedgerFailed } from "../contract/errors/client-error.ts";

/** Errors of the operating system by their words, those of SQLite by their numbers. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: "nothing can be made there",
  EACCES: "this program may not write there",
  EPERM: "this program may not write there",
  EROFS: "it is on a read-only disk",
  ENOTDIR: "a part of the path is a file and not a folder",
  EISDIR: "it is a folder",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
  3: "this program may not write there",
  8: "it may only be read",
  14: "this program may not write there",
  23: "this program may not write there"
};

const full: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EFBIG", "13"]);

/** Of what SQLite threw the number, without what it adds to it; of the operating system the word. */
const codeOf = (cause: unknown): string => {
  if (typeof cause !== "object" || cause === null) return "";
  if ("errcode" in cause) return String(Number(cause.errcode) & 0xff);
  return "code" in cause ? String(cause.code) : "";
};

/** Whether somebody else holds what SQLite was to lock (SQLITE_BUSY). */
export const isHeld = (cause: unknown): boolean => codeOf(cause) === "5";

/** What went wrong with a file of the ledger, in words: which file, why, and what to do. */
export const ledgerErrorOf = (path: string, cause: unknown): LedgerFailed => {
  if (cause instanceof LedgerFailed) return cause;
  const code = codeOf(cause);
  if (isHeld(cause)) {
    const message = `Another program has locked the ledger ${path}: try again later.`;
    return new LedgerFailed({ message, isBusy: true, cause });
  }
  if (full.has(code)) {
    const message = `The disk of the ledger ${path} is full. Free some space and start again: what was sent is in Tidepool, and the rest is sent then.`;
    return new LedgerFailed({ message, cause });
  }
  const reason = reasons[code];
  const message = reason
    ? `The ledger ${path} cannot be written: ${reason}. Give this program the right to write it and its folder, or name another file for the ledger.`
    : `The ledger ${path} failed (${cause instanceof Error ? cause.message : String(cause)}): nothing is lost. Try again, or name another file for the ledger.`;
  return new LedgerFailed({ message, cause });
};
