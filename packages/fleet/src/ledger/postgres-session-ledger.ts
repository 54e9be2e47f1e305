import type { Acknowledged, InDoubtWrite, Samples, SessionLedger } from "@tideway/core";
import type { PostgresPool } from "../database/database.ts";
import { idFromColumn, idToColumn } from "./id-column.ts";
import { ledgerErrorOf, takenOver } from "./ledger-error.ts";

const pageSize = 1000;

/** Which rows, and of which run. */
export interface SessionRows {
  readonly pool: PostgresPool;
  readonly schema: string;
  readonly session: string;
  readonly run: number;
  readonly release: () => Promise<void>;
}

interface DatumRow {
  readonly origin_id: string;
  readonly fingerprint: string;
  readonly kind: Acknowledged["kind"];
  readonly children: ReadonlyArray<string> | null;
}

const acknowledgedOf = ({ origin_id, fingerprint, kind, children }: DatumRow): Acknowledged => ({
  originId: idFromColumn(origin_id),
  fingerprint,
  kind,
  children: children ?? []
});

/** As a list of records for PostgreSQL; of an id that comes twice the last, as if they had been written one by one. */
const recordsOf = (entries: ReadonlyArray<Acknowledged>): string => {
  const byId = new Map<string, unknown>();
  for (const { originId, fingerprint, kind, children } of entries) {
    const id = idToColumn(originId);
    byId.set(id, { id, fingerprint, kind, children: children.length > 0 ? children : null });
  }
  return JSON.stringify([...byId.values()]);
};

const recordColumns = "AS entry (id text, fingerprint text, kind text, children json)";

/**
 * One session's rows, by one run. Every statement that writes holds on to the session's row as the row of this run, so that a run
 * whose lock was lost writes nothing once another one has begun.
 */
export class PostgresSessionLedger implements SessionLedger {
  protected readonly rows: SessionRows;
  /** One call after the other, in their order: they go through a pool, and later ones must not overtake earlier ones. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(rows: SessionRows) {
    this.rows = rows;
  }

  async get(originIds: ReadonlyArray<string>): Promise<ReadonlyMap<string, Acknowledged>> {
    const found = await this.read<DatumRow>(
      `SELECT origin_id, fingerprint, kind, children FROM ${this.rows.schema}.ledger_datum
       WHERE session = $1 AND origin_id = ANY($2::text[])`,
      [originIds.map(idToColumn)]
    );
    return new Map(found.map((row) => [idFromColumn(row.origin_id), acknowledgedOf(row)]));
  }

  begin({ chunk, originIds, begun }: InDoubtWrite, outdated: ReadonlyArray<string>): Promise<void> {
    const { schema } = this.rows;
    return this.write(
      `outdated AS (
         UPDATE ${schema}.ledger_datum SET fingerprint = '' FROM mine WHERE session = mine.id AND origin_id = ANY($3::text[])
       ), begun AS (
         INSERT INTO ${schema}.ledger_doubt SELECT mine.id, $2, $4::integer, $5::bigint, $6::json FROM mine
         ON CONFLICT (session, run, chunk) DO UPDATE SET begun = excluded.begun, origin_ids = excluded.origin_ids
       )`,
      [outdated.map(idToColumn), chunk, Math.round(begun), JSON.stringify(originIds)]
    );
  }

  acknowledge(entries: ReadonlyArray<Acknowledged>): Promise<void> {
    if (entries.length === 0) return Promise.resolve();
    return this.write(
      `acknowledged AS (
         INSERT INTO ${this.rows.schema}.ledger_datum AS known (session, origin_id, fingerprint, kind, children, run)
         SELECT mine.id, entry.id, entry.fingerprint, entry.kind, entry.children, $2
         FROM mine, json_to_recordset($3::json) ${recordColumns}
         ON CONFLICT (session, origin_id) DO UPDATE
         SET fingerprint = excluded.fingerprint, kind = excluded.kind, children = excluded.children, run = excluded.run
       )`,
      [recordsOf(entries)]
    );
  }

  end(chunk: number): Promise<void> {
    return this.write(
      `ended AS (
         DELETE FROM ${this.rows.schema}.ledger_doubt USING mine WHERE session = mine.id AND run = $2 AND chunk = $3
       )`,
      [chunk]
    );
  }

  async inDoubtWrites(): Promise<ReadonlyArray<InDoubtWrite>> {
    const rows = await this.read<{ chunk: number; begun: string; origin_ids: ReadonlyArray<string> }>(
      `SELECT chunk, begun, origin_ids FROM ${this.rows.schema}.ledger_doubt
       WHERE session = $1 AND run <> $2 ORDER BY run, chunk`,
      [this.rows.run]
    );
    return rows.map(({ chunk, begun, origin_ids }) => ({ chunk, begun: Number(begun), originIds: origin_ids }));
  }

  suspect(entries: ReadonlyArray<Acknowledged>, before: number): Promise<void> {
    const { schema } = this.rows;
    return this.write(
      `suspected AS (
         INSERT INTO ${schema}.ledger_datum AS known (session, origin_id, fingerprint, kind, children, run)
         SELECT mine.id, entry.id, entry.fingerprint, entry.kind, entry.children, 0
         FROM mine, json_to_recordset($3::json) ${recordColumns}
         ON CONFLICT (session, origin_id) DO UPDATE SET children = excluded.children
       ), settled AS (
         DELETE FROM ${schema}.ledger_doubt USING mine WHERE session = mine.id AND run <> $2 AND begun < $4
       )`,
      [recordsOf(entries), Math.round(before)]
    );
  }

  forget(originIds: ReadonlyArray<string>): Promise<void> {
    return this.write(
      `forgotten AS (
         DELETE FROM ${this.rows.schema}.ledger_datum USING mine WHERE session = mine.id AND origin_id = ANY($3::text[])
       )`,
      [originIds.map(idToColumn)]
    );
  }

  see(originIds: ReadonlyArray<string>): Promise<void> {
    return this.write(
      `seen AS (
         UPDATE ${this.rows.schema}.ledger_datum SET run = $2 FROM mine
         WHERE session = mine.id AND origin_id = ANY($3::text[]) AND ledger_datum.run <> $2
       )`,
      [originIds.map(idToColumn)]
    );
  }

  async *unseen(): AsyncGenerator<ReadonlyArray<Acknowledged>> {
    for (let after = ""; ;) {
      const page = await this.read<DatumRow>(
        `SELECT origin_id, fingerprint, kind, children FROM ${this.rows.schema}.ledger_datum
         WHERE session = $1 AND run <> $2 AND origin_id > $3 ORDER BY origin_id LIMIT ${pageSize}`,
        [this.rows.run, after]
      );
      const last = page.at(-1);
      if (!last) return;
      after = last.origin_id;
      yield page.map(acknowledgedOf);
    }
  }

  async close(): Promise<void> {
    await this.last.catch(() => undefined);
    await this.rows.release();
  }

  /** `$1` is the session. */
  protected read<Row>(statement: string, values: ReadonlyArray<unknown>): Promise<ReadonlyArray<Row>> {
    return this.inTurn(async () => {
      const { pool, session } = this.rows;
      return (await pool.query(statement, [session, ...values])).rows as ReadonlyArray<Row>;
    });
  }

  /** `$1` is the session, `$2` the run; `mine` is the session's row as long as it is of this run. */
  protected async write(steps: string, values: ReadonlyArray<unknown>): Promise<void> {
    await this.inTurn(async () => {
      const { pool, schema, session, run } = this.rows;
      const { rows } = await pool.query(
        `WITH mine AS (
           SELECT id FROM ${schema}.ledger_session WHERE id = $1 AND run = $2::integer FOR SHARE
         ), ${steps}
         SELECT id FROM mine`,
        [session, run, ...values]
      );
      if (rows.length === 0) throw takenOver();
    });
  }

  private inTurn<A>(step: () => Promise<A>): Promise<A> {
    const mine = (async () => {
      await this.last.catch(() => undefined);
      try {
        return await step();
      } catch (cause) {
        throw ledgerErrorOf(this.rows.schema, cause);
      }
    })();
    this.last = mine;
    return mine;
  }
}

/** The same, with what the spot check at the start of a run compares: some 80 kB a session. */
export class SampledSessionLedger extends PostgresSessionLedger {
  async samples(): Promise<Samples> {
    const [row] = await this.read<{ samples: string | null }>(
      `SELECT samples FROM ${this.rows.schema}.ledger_session WHERE id = $1`,
      []
    );
    return row?.samples ? (JSON.parse(row.samples) as Samples) : { datums: [], odd: [] };
  }

  keepSamples(samples: Samples): Promise<void> {
    return this.write(
      `kept AS (UPDATE ${this.rows.schema}.ledger_session SET samples = $3 FROM mine WHERE ledger_session.id = mine.id)`,
      [JSON.stringify(samples)]
    );
  }
}
