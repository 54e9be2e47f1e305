import { closeSync, openSync, readSync } from "node:fs";

/** In every ledger's header: `TDWL`. */
export const applicationId = 0x5444574c;

/** Raised with every change of the tables. */
export const version = 4;

/** What the text of the first table begins with: it stands in the first page, and tells a ledger whose header is damaged. */
export const firstTable = `CREATE TABLE tideway_ledger ( -- version ${version}`;

const mark = /CREATE TABLE tideway_ledger \( -- version (\d+)/u;

/** Where SQLite's header has the application's id and the version of the tables. */
const [idAt, versionAt] = [68, 60];

/** The first page. */
const enough = 8192;

/** What every file of SQLite begins with. */
const magic = Buffer.from("SQLite format 3\0");

/** How much of the id is there, in bytes. */
const likeness = (header: Buffer): number => {
  const own = Buffer.alloc(4);
  own.writeUInt32BE(applicationId);
  return own.filter((byte, index) => header[idAt + index] === byte).length;
};

/** What a file is by its own account, told without SQLite, which may write where it only should look. */
export interface Mark {
  /**
   * Whether it is a ledger: it carries our id; or our first table, and all but a byte of the id, or a header that is none of SQLite's
   * any more.
   */
  readonly isLedger: boolean;
  /** Whether it was made by a newer Tideway: both places that tell the version say so. */
  readonly isNewer: boolean;
}

/** Looks at the first page of a file. */
export const markOf = (path: string): Mark => {
  const page = Buffer.alloc(enough);
  const file = openSync(path, "r");
  let length = 0;
  try {
    length = readSync(file, page, 0, enough, 0);
  } finally {
    closeSync(file);
  }
  const written = mark.exec(page.toString("latin1"))?.[1];
  const bytes = likeness(page);
  const told = page.readUInt32BE(versionAt);
  const isDestroyed = !page.subarray(0, magic.length).equals(magic) && page.subarray(0, length).includes(0);
  return {
    isLedger: bytes === 4 || (written !== undefined && (bytes === 3 || isDestroyed)),
    isNewer: told > version && Number(written) === told
  };
};
