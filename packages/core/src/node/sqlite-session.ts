import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Acknowledged, InDoubtWrite, LedgerScope, Samples } from "../contract/ledger.ts";
import { checksumOf, textIn } from "./checksum.ts";
import { damage } from "./damage.ts";
import { Entries } from "./entries/entries.ts";
import { PlaceSet } from "./entries/place-set.ts";

const pageSize = 1000;

/** The number of a session's rows, and of this run into it. */
const begin = (database: DatabaseSync, sessionId: string): { readonly session: number; readonly run: number } => {
  database.exec("BEGIN IMMEDIATE");
  try {
    const row = database.prepare("SELECT * FROM tideway_ledger WHERE session_id = ?").get(sessionId);
    const [before, last] = [Number(row?.["id"]), Number(row?.["run"])];
    if (row && textIn(row, "session_id", before, last) !== sessionId) throw damage("A session has the row of another.");
    const run = row ? last + 1 : 1;
    const session = row
      ? before
      : Number(database.prepare("SELECT coalesce(max(id), 0) + 1 AS id FROM tideway_ledger").get()!["id"]);
    database
      .prepare("INSERT OR REPLACE INTO tideway_ledger VALUES (?, ?, ?, ?)")
      .run(session, sessionId, run, checksumOf(sessionId, session, run));
    database.exec("COMMIT");
    return { session, run };
  } finally {
    if (database.isTransaction) database.exec("ROLLBACK");
  }
};

/** One session's rows, by one connection. */
export class SqliteSession {
  private readonly database: DatabaseSync;
  private readonly session: number;
  private readonly run: number;
  /** Undefined after what was in memory had to be given up. */
  private loaded: Entries | undefined;
  /** Where what the source of this run has is known. */
  private readonly seen = new PlaceSet();
  /** Chunks begun and not ended. */
  private readonly open = new Set<number>();
  /** Chunks that have ended since the file was written. */
  private ended: Array<number> = [];
  private readonly statements: Record<"begin" | "end" | "inDoubtWrites" | "prune", StatementSync>;

  constructor(database: DatabaseSync, { sessionId }: LedgerScope) {
    this.database = database;
    const { session, run } = begin(database, sessionId);
    this.session = session;
    this.run = run;
    this.loaded = new Entries(database, this.session);
    // Plain parameters: Node before 22.20 and 24.7 takes a numbered one for a name, and binds nothing to it.
    this.statements = {
      begin: database.prepare("INSERT OR REPLACE INTO doubt VALUES (?, ?, ?, ?, ?, ?)"),
      end: database.prepare("DELETE FROM doubt WHERE session = ? AND run = ? AND chunk = ?"),
      inDoubtWrites: database.prepare("SELECT * FROM doubt WHERE session = ? AND run <> ?"),
      prune: database.prepare("DELETE FROM doubt WHERE session = ? AND run <> ? AND begun < ?")
    };
  }

  get(originIds: ReadonlyArray<string>): ReadonlyMap<string, Acknowledged> {
    const { entries } = this;
    const found = new Map<string, Acknowledged>();
    for (const id of originIds) {
      const place = entries.find(id);
      if (place !== undefined) found.set(id, entries.at(place));
    }
    return found;
  }

  begin({ chunk, originIds, begun }: InDoubtWrite, outdated: ReadonlyArray<string>) {
    const work = () => {
      for (const known of this.get(outdated).values()) this.entries.put({ ...known, fingerprint: "" });
      const { session, run } = this;
      const ids = JSON.stringify(originIds);
      this.statements.begin.run(session, run, chunk, begun, checksumOf(ids, session, run, chunk, begun), ids);
    };
    // That something is about to be overwritten must be known even if the power fails in the next moment.
    if (outdated.length > 0) this.durably(work);
    else this.atOnce(work);
    this.open.add(chunk);
  }

  /** It is in the file with what is written next; the chunk is in doubt there for as long. */
  acknowledge(acknowledged: ReadonlyArray<Acknowledged>) {
    for (const entry of acknowledged) this.seen.add(this.entries.put(entry));
  }

  end(chunk: number) {
    this.ended.push(chunk);
    this.open.delete(chunk);
    if (this.open.size === 0) this.atOnce();
  }

  inDoubtWrites(): ReadonlyArray<InDoubtWrite> {
    const { session } = this;
    return this.statements.inDoubtWrites.all(session, this.run).map((row) => {
      const [run, chunk, begun] = [Number(row["run"]), Number(row["chunk"]), Number(row["begun"])];
      const ids = textIn(row, "origin_ids", session, run, chunk, begun);
      return { chunk, begun, originIds: JSON.parse(ids) as ReadonlyArray<string> };
    });
  }

  suspect(suspects: ReadonlyArray<Acknowledged>, before: number) {
    this.durably(() => {
      for (const suspect of suspects) {
        const known = this.get([suspect.originId]).get(suspect.originId);
        this.entries.put({ ...suspect, fingerprint: "", ...known, children: suspect.children });
      }
      this.statements.prune.run(this.session, this.run, before);
    });
  }

  forget(originIds: ReadonlyArray<string>) {
    this.durably(() => {
      for (const id of originIds) this.entries.forget(id);
    });
  }

  see(originIds: ReadonlyArray<string>) {
    for (const id of originIds) {
      const place = this.entries.find(id);
      if (place !== undefined) this.seen.add(place);
    }
  }

  /** In pages. */
  *unseen(): Generator<ReadonlyArray<Acknowledged>> {
    let page: Array<Acknowledged> = [];
    for (const place of this.entries.places()) {
      if (this.seen.has(place)) continue;
      page.push(this.entries.at(place));
      if (page.length < pageSize) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }

  samples(): Samples {
    const row = this.database.prepare("SELECT * FROM sample WHERE session = ?").get(this.session);
    return row ? (JSON.parse(textIn(row, "datums", this.session)) as Samples) : { datums: [], odd: [] };
  }

  keepSamples(samples: Samples) {
    const text = JSON.stringify(samples);
    this.atOnce(() =>
      this.database
        .prepare("INSERT OR REPLACE INTO sample VALUES (?, ?, ?)")
        .run(this.session, checksumOf(text, this.session), text)
    );
  }

  /** Lets go of the file without writing anything more into it. */
  abandon() {
    this.database.close();
  }

  close() {
    try {
      this.atOnce(() => this.loaded?.saveLast());
    } finally {
      this.database.close();
    }
  }

  private get entries(): Entries {
    return (this.loaded ??= new Entries(this.database, this.session));
  }

  private durably(work: () => void) {
    this.database.exec("PRAGMA synchronous = FULL");
    try {
      this.atOnce(work);
    } finally {
      this.database.exec("PRAGMA synchronous = NORMAL");
    }
  }

  /** Writes all that is not in the file yet, and what the work does, in one transaction. */
  private atOnce(work: () => unknown = () => undefined) {
    const { ended } = this;
    this.ended = [];
    try {
      this.database.exec("BEGIN IMMEDIATE");
      work();
      this.loaded?.save();
      for (const chunk of ended) this.statements.end.run(this.session, this.run, chunk);
      this.database.exec("COMMIT");
    } catch (cause) {
      if (this.database.isTransaction) this.database.exec("ROLLBACK");
      // It has changes that the file has not. What they were about stays in doubt there.
      this.loaded = undefined;
      throw cause;
    }
  }
}
