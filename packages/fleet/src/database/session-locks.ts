import type { PostgresClient, PostgresPool } from "./database.ts";

const longestPoll = 250;

const wait = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/**
 * Advisory locks of this process, all held by one connection: PostgreSQL lets go of them when that ends, whatever way the process
 * does. The connection is taken with the first lock and given back with the last.
 *
 * Not a connection for each lock: twenty uploads at once would need twenty more of a database that has a hundred.
 */
export class SessionLocks {
  private readonly pool: PostgresPool;
  /** Locked by this process: PostgreSQL lets a connection take its own lock again and again. */
  private readonly held = new Set<string>();
  private connection: Promise<PostgresClient> | undefined;
  private readonly waiting = new Map<string, Promise<unknown>>();
  /** One statement at a time on the connection. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(pool: PostgresPool) {
    this.pool = pool;
  }

  /** Takes the lock and resolves to its release; undefined where somebody else has it. */
  async tryLock(name: string): Promise<(() => Promise<void>) | undefined> {
    if (this.held.has(name)) return undefined;
    this.held.add(name);
    try {
      const connection = this.connect();
      const client = await connection;
      const { rows } = await this.query(client, "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked", name);
      if ((rows[0] as { locked?: boolean } | undefined)?.locked === true) return () => this.unlock(name, connection);
    } catch (cause) {
      await this.letGo(name);
      throw cause;
    }
    await this.letGo(name);
    return undefined;
  }

  /** Runs some work while nobody else holds the lock, here or elsewhere; calls of this process take turns. */
  async exclusively<A>(name: string, work: () => Promise<A>): Promise<A> {
    const before = this.waiting.get(name);
    const mine = (async () => {
      await before?.catch(() => undefined);
      return this.alone(name, work);
    })();
    this.waiting.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.waiting.get(name) === mine) this.waiting.delete(name);
    }
  }

  private async alone<A>(name: string, work: () => Promise<A>): Promise<A> {
    // Asked again and again, because a statement that waits would keep the connection from all other locks.
    for (let poll = 10; ; poll = Math.min(poll * 2, longestPoll)) {
      const release = await this.tryLock(name);
      if (!release) {
        await wait(poll);
        continue;
      }
      try {
        return await work();
      } finally {
        await release();
      }
    }
  }

  private query(client: PostgresClient, statement: string, name: string) {
    const before = this.last;
    const mine = (async () => {
      await before;
      return client.query(statement, [name]);
    })();
    this.last = mine.catch(() => undefined);
    return mine;
  }

  private connect(): Promise<PostgresClient> {
    return (this.connection ??= this.open());
  }

  private async open(): Promise<PostgresClient> {
    try {
      const client = await this.pool.connect();
      client.on("error", this.lose);
      return client;
    } catch (cause) {
      this.connection = undefined;
      throw cause;
    }
  }

  /** The connection has ended, and with it every lock that it held. */
  private readonly lose = () => {
    const lost = this.connection;
    this.connection = undefined;
    void lost?.then((client) => client.release(true));
  };

  private async unlock(name: string, connection: Promise<PostgresClient>): Promise<void> {
    if (this.connection === connection) {
      const client = await connection;
      // What cannot be unlocked ends with the connection.
      await this.query(client, "SELECT pg_advisory_unlock(hashtextextended($1, 0))", name).catch(this.lose);
    }
    await this.letGo(name);
  }

  private async letGo(name: string): Promise<void> {
    this.held.delete(name);
    if (this.held.size > 0) return;
    const idle = this.connection;
    this.connection = undefined;
    const client = await idle?.catch(() => undefined);
    client?.off("error", this.lose);
    client?.release();
  }
}
