import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Acknowledged, Doubt, LedgerScope } from "../ledger.ts";
import { IdFilter } from "./id-filter.ts";

type Row = [originId: string, fingerprint: string, kind: Acknowledged["kind"], children: string | null];

const none: ReadonlyArray<string> = [];

const fromRow = ([originId, fingerprint, kind, children]: Row): Acknowledged => ({
  originId,
  fingerprint,
  kind,
  children: children === null ? none : (JSON.parse(children) as ReadonlyArray<string>)
});

/** Rows written by one statement: half as much time as one by one. */
const together = 50;

const insertion = (rows: number, session: number, run: number) => {
  const row = `(${session}, ?, ?, ?, ?, ${run})`;
  return `INSERT OR REPLACE INTO datum VALUES ${Array.from({ length: rows }, () => row).join(", ")}`;
};

const valuesOf = ({ originId, fingerprint, kind, children }: Acknowledged) =>
  [originId, fingerprint, kind, children.length === 0 ? null : JSON.stringify(children)] as const;

/** One session's rows, by one connection. */
export class SqliteSession {
  private readonly database: DatabaseSync;
  private readonly session: number;
  private readonly run: number;
  /** What this run has written, where nothing was before: then the file need not be asked about anything else. */
  private readonly written: IdFilter | undefined;
  private readonly statements: Record<
    | "get"
    | "put"
    | "putMany"
    | "outdate"
    | "forget"
    | "see"
    | "unseen"
    | "begin"
    | "end"
    | "doubts"
    | "suspect"
    | "prune",
    StatementSync
  >;

  constructor(database: DatabaseSync, { server, userId, clientName, sessionId }: LedgerScope) {
    this.database = database;
    const opened = database
      .prepare(
        `INSERT INTO session (server, user_id, client_name, session_id, run) VALUES (?, ?, ?, ?, 1)
         ON CONFLICT DO UPDATE SET run = run + 1 RETURNING id, run`
      )
      .get(server, userId, clientName, sessionId) as { id: number; run: number };
    this.session = opened.id;
    this.run = opened.run;
    const isNew = database.prepare("SELECT 1 FROM datum WHERE session = ? LIMIT 1").get(this.session) === undefined;
    this.written = isNew ? new IdFilter() : undefined;
    // Plain ones: Node before 22.20 and 24.7 takes a numbered parameter for a name, and binds nothing to it.
    const where = "session = ? AND origin_id IN (SELECT value FROM json_each(?))";
    this.statements = {
      get: database.prepare(`SELECT origin_id, fingerprint, kind, children FROM datum WHERE ${where}`),
      put: database.prepare(insertion(1, this.session, this.run)),
      putMany: database.prepare(insertion(together, this.session, this.run)),
      outdate: database.prepare(`UPDATE datum SET fingerprint = '' WHERE ${where}`),
      forget: database.prepare(`DELETE FROM datum WHERE ${where}`),
      see: database.prepare(`UPDATE datum SET run = ? WHERE ${where}`),
      unseen: database.prepare(
        `SELECT origin_id, fingerprint, kind, children FROM datum
         WHERE session = ? AND run <> ? AND origin_id > ? ORDER BY origin_id LIMIT ?`
      ),
      begin: database.prepare("INSERT OR REPLACE INTO doubt VALUES (?, ?, ?, ?, ?)"),
      end: database.prepare("DELETE FROM doubt WHERE session = ? AND run = ? AND chunk = ?"),
      doubts: database.prepare("SELECT chunk, begun, origin_ids FROM doubt WHERE session = ? AND run <> ?"),
      suspect: database.prepare(
        `INSERT INTO datum VALUES (?, ?, '', ?, ?, 0) ON CONFLICT DO UPDATE SET children = excluded.children`
      ),
      prune: database.prepare("DELETE FROM doubt WHERE session = ? AND run <> ? AND begun < ?")
    };
    this.statements.get.setReturnArrays(true);
    this.statements.unseen.setReturnArrays(true);
  }

  get(originIds: ReadonlyArray<string>): ReadonlyMap<string, Acknowledged> {
    const { written } = this;
    const found = new Map<string, Acknowledged>();
    const possible = written ? originIds.filter((id) => written.mayHave(id)) : originIds;
    if (possible.length === 0) return found;
    const rows = this.statements.get.all(this.session, JSON.stringify(possible)) as unknown as ReadonlyArray<Row>;
    for (const row of rows) found.set(row[0], fromRow(row));
    return found;
  }

  begin({ chunk, originIds, begun }: Doubt, outdated: ReadonlyArray<string>) {
    const remember = () => this.statements.begin.run(this.session, this.run, chunk, begun, JSON.stringify(originIds));
    if (outdated.length === 0) return void remember();
    // That something is about to be overwritten must be known even if the power fails in the next moment.
    this.durably(() => {
      this.statements.outdate.run(this.session, JSON.stringify(outdated));
      remember();
    });
  }

  acknowledge(entries: ReadonlyArray<Acknowledged>) {
    const { put, putMany } = this.statements;
    for (const { originId } of entries) this.written?.add(originId);
    this.atOnce(() => {
      let row = 0;
      for (; row + together <= entries.length; row += together) {
        const values: Array<string | null> = [];
        for (let next = row; next < row + together; next++) values.push(...valuesOf(entries[next]!));
        putMany.run(...values);
      }
      for (; row < entries.length; row++) put.run(...valuesOf(entries[row]!));
    });
  }

  end(chunk: number) {
    this.statements.end.run(this.session, this.run, chunk);
  }

  doubts(): ReadonlyArray<Doubt> {
    return this.statements.doubts.all(this.session, this.run).map((row) => ({
      chunk: Number(row["chunk"]),
      begun: Number(row["begun"]),
      originIds: JSON.parse(String(row["origin_ids"])) as ReadonlyArray<string>
    }));
  }

  suspect(entries: ReadonlyArray<Acknowledged>, before: number) {
    for (const { originId } of entries) this.written?.add(originId);
    this.durably(() => {
      for (const entry of entries) {
        const [originId, , kind, children] = valuesOf(entry);
        this.statements.suspect.run(this.session, originId, kind, children);
      }
      this.statements.prune.run(this.session, this.run, before);
    });
  }

  forget(originIds: ReadonlyArray<string>) {
    this.statements.forget.run(this.session, JSON.stringify(originIds));
  }

  see(originIds: ReadonlyArray<string>) {
    this.statements.see.run(this.run, this.session, JSON.stringify(originIds));
  }

  unseen(after: string, limit: number): ReadonlyArray<Acknowledged> {
    const rows = this.statements.unseen.all(this.session, this.run, after, limit) as unknown as ReadonlyArray<Row>;
    return rows.map(fromRow);
  }

  close() {
    this.database.close();
  }

  private durably(work: () => void) {
    this.database.exec("PRAGMA synchronous = FULL");
    try {
      this.atOnce(work);
    } finally {
      this.database.exec("PRAGMA synchronous = NORMAL");
    }
  }

  private atOnce(work: () => void) {
    this.database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.database.exec("COMMIT");
    } catch (cause) {
      if (this.database.isTransaction) this.database.exec("ROLLBACK");
      throw cause;
    }
  }
}
