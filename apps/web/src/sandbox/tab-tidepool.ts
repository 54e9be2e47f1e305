import { type Client, createClient, createMemoryLedger, type Transport } from "@tideway/core";
import { createIndexedDbLedger } from "@tideway/core/browser";
import { type BrowserSandbox, createBrowserSandbox } from "@tideway/sandbox/browser";
import { createTransport, passwordLogin } from "@tideway/transport";
import { thisApp } from "../worker/this-app.ts";
import { type Watched, watched } from "./sent-ids.ts";

const email = "demo@tideway.example";
const password = "tideway";
const ledgerName = "tideway-ledger";

/** A Tidepool that lives in this browser, and a client of it. */
export interface TabTidepool {
  readonly client: Client;
  readonly sandbox: BrowserSandbox;
  readonly transport: Transport;
  readonly watched: Watched;
  sessions(): Promise<ReadonlyArray<SessionRow>>;
}

/** A session of the user, as the page lists it. */
export interface SessionRow {
  readonly id: string;
  readonly appName: string;
  /** RFC 3339. */
  readonly createdTime: string;
  /** How many datums it holds. */
  readonly datums: number;
}

/** Lets messages in between two requests: the sandbox answers on the same thread, and a stop shall be heard. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * Makes a Tidepool that lives in this browser, kept in IndexedDB where it stores anything, and a client of it with a ledger
 * beside it.
 */
export const createTabTidepool = async (): Promise<TabTidepool> => {
  const sandbox = await createBrowserSandbox({ users: [{ email, password }] });
  const plain = createTransport({
    environment: {
      fetch: async (request) => {
        await nextTurn();
        return sandbox.fetch(request);
      }
    },
    credentials: passwordLogin({ email, password })
  });
  const { userId } = await plain.currentUser();
  const watch = watched(plain);
  const ledger = sandbox.unkept() === undefined ? createIndexedDbLedger({ name: ledgerName }) : createMemoryLedger();
  return {
    sandbox,
    watched: watch,
    transport: watch.transport,
    client: createClient({
      transport: watch.transport,
      userId,
      app: thisApp,
      ledger,
      // Whether a lost answer had its effect is known soon where the server is in the same tab.
      policy: { settling: { quiet: 1500 } },
      deadline: 15_000
    }),
    sessions: async () => {
      const all = await plain.listDataSets(userId, {});
      return all.map(({ id, uploadId, client, createdTime }) => ({
        id: uploadId ?? id ?? "",
        appName: client?.name ?? "without a name",
        createdTime: createdTime ?? "",
        datums: Object.values(sandbox.store.countDatums(uploadId ?? id ?? "")).reduce((sum, count) => sum + count, 0)
      }));
    }
  };
};

/** Deletes the ledger that is kept in this browser. */
export const eraseLedger = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(ledgerName);
    request.addEventListener("success", () => resolve());
    request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB failed.")));
  });
