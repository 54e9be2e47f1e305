import { createBrowserSandbox } from "@tideway/sandbox/browser";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { expect, it } from "vitest";

Object.assign(globalThis, { IDBKeyRange });

/** Locks of a browser with two tabs, as far as the sandbox needs them. */
const locksOf = (): LockManager => {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, work: () => Promise<unknown>) => (last = last.then(work));
  return { request } as unknown as LockManager;
};

const token = "a token of tests";
const users = [{ email: "a@example.org", password: "secret", userId: "0123456789", token }];
const openTab = (indexedDB: IDBFactory | undefined, locks: LockManager) =>
  createBrowserSandbox({ users, indexedDB: indexedDB as never, locks });
type Tab = Awaited<ReturnType<typeof openTab>>;

const ask = async (tab: Tab, method: string, path: string, body?: unknown) => {
  const response = await tab.fetch(
    new Request(`http://localhost${path}`, {
      method,
      headers: { "x-tidepool-session-token": token, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
  );
  return { status: response.status, body: (await response.json().catch(() => undefined)) as unknown };
};
const openSession = async (tab: Tab) => {
  const client = { name: "org.example", version: "1.0.0" };
  const { body } = await ask(tab, "POST", "/v1/users/0123456789/data_sets", {
    client,
    dataSetType: "continuous",
    deduplicator: { name: "org.tidepool.deduplicator.dataset.delete.origin" }
  });
  return (body as { data: { uploadId: string } }).data.uploadId;
};
const cbg = (minute: number) => ({
  type: "cbg",
  value: 100,
  units: "mg/dL",
  time: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
  origin: { id: `cbg-${minute}` }
});
const post = (tab: Tab, session: string, ...minutes: ReadonlyArray<number>) =>
  ask(tab, "POST", `/v1/datasets/${session}/data`, minutes.map(cbg));
const stored = async (tab: Tab) => ((await ask(tab, "GET", "/data/0123456789?type=cbg")).body as Array<unknown>).length;

it("holds after a reload what it held before, sessions and users included", async () => {
  const [indexedDB, locks] = [new IDBFactory(), locksOf()];
  const first = await openTab(indexedDB, locks);
  const session = await openSession(first);
  expect((await post(first, session, 1, 2)).status).toBe(200);
  const second = await openTab(indexedDB, locks);
  expect(second.unkept()).toBeUndefined();
  expect(await stored(second)).toBe(2);
});

it("is one for two tabs: each has at once what the other was sent, and nothing is there twice", async () => {
  const [indexedDB, locks] = [new IDBFactory(), locksOf()];
  const [one, other] = [await openTab(indexedDB, locks), await openTab(indexedDB, locks)];
  const session = await openSession(one);
  await Promise.all([post(one, session, 1, 2), post(other, session, 2, 3), post(one, session, 4)]);
  expect([await stored(one), await stored(other)]).toEqual([4, 4]);
  const deleted = await ask(one, "DELETE", `/v1/data_sets/${session}/data`, [{ origin: { id: "cbg-2" } }]);
  expect([deleted.status, await stored(one), await stored(other)]).toEqual([200, 3, 3]);
});

it("answers from memory where the browser stores nothing, and says so", async () => {
  const refusing = {
    open: () => {
      throw new Error("A private window.");
    }
  } as unknown as IDBFactory;
  const tab = await openTab(refusing, locksOf());
  await post(tab, await openSession(tab), 1);
  expect([await stored(tab), tab.unkept()]).toEqual([1, "A private window."]);
});

it("is empty after it was erased", async () => {
  const [indexedDB, locks] = [new IDBFactory(), locksOf()];
  const first = await openTab(indexedDB, locks);
  await post(first, await openSession(first), 1);
  await first.erase();
  expect(await stored(await openTab(indexedDB, locks))).toBe(0);
});
