import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Acknowledged, Doubt, LedgerScope } from "../ledger.ts";
import { Entries } from "./entries/entries.ts";
import { PlaceSet } from "./entries/place-set.ts";

const pageSize = 1000;

/** One session's rows, by one connection. */
export class SqliteSession {
  private readonly database: DatabaseSync;
  private readonly session: number;
  private readonly run: number;
  /** Undefined after what was in memory had to be given up. */
  private loaded: Entries | undefined;
  /** Where what the source of this run has is known. */
  private readonly seen = new PlaceSet();
  private readonly statements: Record<"begin" | "end" | "doubts" | "prune", StatementSync>;

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
    this.loaded = new Entries(database, this.session);
    // Plain parameters: Node before 22.20 and 24.7 takes a numbered one for a name, and binds nothing to it.
    this.statements = {
      begin: database.prepare("INSERT OR REPLACE INTO doubt VALUES (?, ?, ?, ?, ?)"),
      end: database.prepare("DELETE FROM doubt WHERE session = ? AND run = ? AND chunk = ?"),
      doubts: database.prepare("SELECT chunk, begun, origin_ids FROM doubt WHERE session = ? AND run <> ?"),
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

  begin({ chunk, originIds, begun }: Doubt, outdated: ReadonlyArray<string>) {
    const remember = () => this.statements.begin.run(this.session, this.run, chunk, begun, JSON.stringify(originIds));
    if (outdated.length === 0) return void remember();
    // That something is about to be overwritten must be known even if the power fails in the next moment.
    this.durably(() => {
      for (const known of this.get(outdated).values()) this.entries.put({ ...known, fingerprint: "" });
      remember();
    });
  }

  acknowledge(acknowledged: ReadonlyArray<Acknowledged>) {
    const places: Array<number> = [];
    this.atOnce(() => {
      for (const entry of acknowledged) places.push(this.entries.put(entry));
    });
    for (const place of places) this.seen.add(place);
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

  close() {
    this.database.close();
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

  private atOnce(work: () => void) {
    this.database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.entries.save();
      this.database.exec("COMMIT");
    } catch (cause) {
      if (this.database.isTransaction) this.database.exec("ROLLBACK");
      // It has changes that the file has not.
      this.loaded = undefined;
      throw cause;
    }
  }
}
