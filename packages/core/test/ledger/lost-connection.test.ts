import { createClient } from "@tideway/core";
import { type IndexedDbLedgerOptions, createIndexedDbLedger } from "@tideway/core/browser";
import { createMemoryTransport } from "@tideway/core/testing";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { describe, expect, it } from "vitest";
import { cbgs } from "../support/datums.ts";
import { app, uploadVirtually } from "../support/virtually.ts";
import { scope } from "./conformance.ts";

globalThis.IDBKeyRange = IDBKeyRange;

type Loss = (database: IDBDatabase) => void;

/** A database whose first connection is lost at its `after`th transaction, and every other one, too, where that is said. */
const losing = (after: number, lose: Loss, isEvery = false) => {
  const real = new IDBFactory();
  const opened = { count: 0 };
  const factory = {
    open: (name: string, version?: number) => {
      const request = real.open(name, version);
      const mine = ++opened.count;
      let left = after;
      request.addEventListener("success", () => {
        const database = request.result;
        const transaction = database.transaction.bind(database);
        database.transaction = (...args: Parameters<typeof transaction>) => {
          if ((mine === 1 || isEvery) && left-- <= 0) lose(database);
          return transaction(...args);
        };
      });
      return request;
    }
  } as unknown as IDBFactory;
  return { factory, opened, real };
};

const throwing = (name: string) => () => {
  throw new DOMException("The connection is gone.", name);
};

const losses: Readonly<Record<string, Loss>> = {
  InvalidStateError: throwing("InvalidStateError"),
  AbortError: throwing("AbortError"),
  UnknownError: throwing("UnknownError"),
  "the browser that closes it": (database) => database.close()
};

let count = 0;
const ledgerOf = (options: IndexedDbLedgerOptions) => createIndexedDbLedger({ name: `lost-${++count}`, ...options });

describe("an IndexedDB whose connection is lost", () => {
  it.each(Object.keys(losses))("is opened again, and the upload goes on: %s", async (how) => {
    for (let after = 0; after < 9; after++) {
      const { factory, opened } = losing(after, losses[how]!);
      const transport = createMemoryTransport();
      const tideway = createClient({ transport, userId: "u", app, ledger: ledgerOf({ indexedDB: factory }) });
      const first = await tideway.upload(cbgs(60), { chunkSize: 20 });
      expect(first).toMatchObject({ sent: 60, unchanged: 0 });
      expect(opened.count).toBe(2);
      expect(await tideway.upload(cbgs(60))).toMatchObject({ sent: 0, unchanged: 60 });
    }
  });

  it("fails in words where it is lost again and again", async () => {
    const { factory } = losing(0, throwing("UnknownError"), true);
    await expect(ledgerOf({ indexedDB: factory }).open(scope)).rejects.toMatchObject({
      _tag: "LedgerFailed",
      message: expect.stringMatching(/IndexedDB.*nothing is lost\. Reload the page/u)
    });
  });

  it("gives way to a tab that deletes the database, and begins anew", async () => {
    const factory = new IDBFactory();
    const ledger = ledgerOf({ indexedDB: factory, name: "shared" });
    const session = await ledger.open(scope);
    await session.acknowledge([{ originId: "a", fingerprint: "x", kind: "cbg", children: [] }]);
    await new Promise((resolve, reject) => {
      const deletion = factory.deleteDatabase("shared");
      deletion.addEventListener("success", resolve);
      deletion.addEventListener("error", reject);
    });
    expect((await session.get(["a"])).size).toBe(0);
    await session.close();
  });
});

describe("an IndexedDB that cannot be had", () => {
  it("is said in words where it never opens, after a wait is told", async () => {
    const silent = { open: () => new EventTarget() } as unknown as IDBFactory;
    const ledger = ledgerOf({ indexedDB: silent, openTimeout: 1500 });
    const waits: Array<string> = [];
    const tideway = createClient({ transport: createMemoryTransport(), userId: "u", app, ledger });
    const upload = tideway.upload(cbgs(1), { onWait: ({ reason }) => waits.push(reason) });
    await expect(upload).rejects.toMatchObject({
      cause: { _tag: "LedgerFailed", message: expect.stringContaining("did not open within 1.5 s: close other tabs") }
    });
    expect(waits).toEqual(["The ledger takes long to open."]);
  });

  it("is said in words where the browser has none", async () => {
    const { failure } = await uploadVirtually({ transport: createMemoryTransport(), ledger: ledgerOf({}) }, cbgs(1));
    expect(failure?.cause).toMatchObject({
      _tag: "LedgerFailed",
      message: expect.stringContaining("This browser has no storage for the ledger (IndexedDB)")
    });
  });

  it.each([
    ["SecurityError", /allow its cookies/u],
    ["QuotaExceededError", /storage is full/u]
  ])("is said in words where it answers with a %s", async (name, words) => {
    const refusing = { open: throwing(name) } as unknown as IDBFactory;
    await expect(ledgerOf({ indexedDB: refusing }).open(scope)).rejects.toMatchObject({
      _tag: "LedgerFailed",
      message: expect.stringMatching(words)
    });
  });
});
