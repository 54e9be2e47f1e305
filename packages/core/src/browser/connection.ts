import { browserTrouble, openStores } from "./indexed-db.ts";

/** What is thrown where the browser has taken a connection away: Safari does that to tabs in the background. */
const losses: ReadonlySet<string> = new Set(["InvalidStateError", "AbortError", "UnknownError"]);

const isLoss = (thrown: unknown): boolean =>
  (thrown instanceof Error || thrown instanceof DOMException) && losses.has(thrown.name);

/** A connection to the ledger's database, opened again where it is lost. */
export class Connection {
  private readonly open: () => Promise<IDBDatabase>;
  private database: Promise<IDBDatabase> | undefined;

  constructor(factory: IDBFactory | undefined, name: string, deadline: number) {
    this.open = () => openStores(factory, name, deadline);
  }

  /** Does something in one transaction; once more from the start where the connection turns out to be lost. */
  async use<A>(work: (database: IDBDatabase) => Promise<A>): Promise<A> {
    const used = this.current();
    try {
      return await work(await used);
    } catch (cause) {
      if (!isLoss(cause)) throw browserTrouble(cause);
      await this.letGo(used);
    }
    try {
      return await work(await this.current());
    } catch (cause) {
      throw browserTrouble(cause);
    }
  }

  async close() {
    const { database } = this;
    if (database) await this.letGo(database);
  }

  private current(): Promise<IDBDatabase> {
    return (this.database ??= this.connect());
  }

  private async connect(): Promise<IDBDatabase> {
    const database = await this.open();
    const lose = () => {
      this.database = undefined;
    };
    database.addEventListener("close", lose);
    // Another tab deletes the database, or makes newer stores, and waits until nobody has it open.
    database.addEventListener("versionchange", () => {
      database.close();
      lose();
    });
    return database;
  }

  private async letGo(used: Promise<IDBDatabase>) {
    if (this.database === used) this.database = undefined;
    // One that never opened is nothing to close.
    await used.then((database) => database.close()).catch(() => undefined);
  }
}
