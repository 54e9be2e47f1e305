import { type ByteStream, iterable } from "../byte-stream.ts";

/** What a column may hold. */
export type SqlValue = string | number | bigint | Uint8Array | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** A database that is only read. */
export interface Database {
  /** The rows that a statement gives, one at a time. */
  rows(statement: string): Iterable<SqlRow>;
}

/** So much of Node as is needed here: browsers and bundlers must not see its modules named. */
interface NodeModules {
  readonly "node:sqlite": {
    readonly DatabaseSync: new (
      path: string,
      options: { readonly readOnly: boolean }
    ) => {
      prepare(statement: string): { iterate(): Iterable<SqlRow> };
      exec(statement: string): void;
      close(): void;
    };
  };
  readonly "node:fs/promises": {
    mkdtemp(prefix: string): Promise<string>;
    rm(path: string, options: { readonly recursive: boolean; readonly force: boolean }): Promise<void>;
    open(
      path: string,
      flags: string,
      mode: number
    ): Promise<{ write(bytes: Uint8Array): Promise<unknown>; close(): Promise<void> }>;
  };
  readonly "node:os": { tmpdir(): string };
  readonly "node:path": { join(...parts: ReadonlyArray<string>): string };
}

interface Host {
  readonly process?: { getBuiltinModule?<Name extends keyof NodeModules>(name: Name): NodeModules[Name] | undefined };
}

const load = (host: Host) => {
  const get = <Name extends keyof NodeModules>(name: Name) => host.process?.getBuiltinModule?.(name);
  const [sqlite, files, os, paths] = [get("node:sqlite"), get("node:fs/promises"), get("node:os"), get("node:path")];
  return sqlite && files && os && paths ? { sqlite, files, os, paths } : undefined;
};

/** Whether databases can be read here: in Node from 22.13 on, and in Deno. */
export const canReadDatabases = (host: Host = globalThis as Host): boolean => load(host) !== undefined;

/**
 * Gives an SQLite database to `read`: as a file in a folder of its own in the system's temporary folder, readable for nobody else, which
 * is deleted afterwards. Its name is ours, whatever an archive calls it.
 */
export const withDatabase = async function* <Page>(
  bytes: ByteStream,
  read: (database: Database) => Iterable<Page>
): AsyncGenerator<Page> {
  const { sqlite, files, os, paths } = load(globalThis as Host)!;
  const folder = await files.mkdtemp(paths.join(os.tmpdir(), "tideway-"));
  try {
    const path = paths.join(folder, "database");
    const file = await files.open(path, "wx", 0o600);
    try {
      for await (const piece of iterable(bytes)) await file.write(piece);
    } finally {
      await file.close();
    }
    const database = new sqlite.DatabaseSync(path, { readOnly: true });
    try {
      // What stands in the schema was written by somebody else: none of it may run functions with effects.
      database.exec("PRAGMA trusted_schema = OFF");
      yield* read({ rows: (statement) => database.prepare(statement).iterate() });
    } finally {
      database.close();
    }
  } finally {
    await files.rm(folder, { recursive: true, force: true });
  }
};
