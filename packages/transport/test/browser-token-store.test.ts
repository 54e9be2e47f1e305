import { createTransport, storedLogin, storePasswordLogin, type Clock } from "@tideway/transport";
import { browserTokenStore } from "@tideway/transport/browser";
import { expect, it } from "vitest";
import { withLease } from "../src/browser/lease.ts";
import { openRecords } from "../src/browser/records.ts";
import { usePlatform } from "./platform/control.ts";
import { inBrowser } from "./platform/start.ts";

if (!inBrowser) {
  const { IDBFactory } = await import("fake-indexeddb");
  globalThis.indexedDB = new IDBFactory();
}

const platform = usePlatform();
const database = () => `test ${crypto.randomUUID()}`;

it("outlives the page that wrote it", async () => {
  const name = database();
  const store = browserTokenStore({ database: name });
  await store.write("key", "text");
  expect(await browserTokenStore({ database: name }).read("key")).toBe("text");
  await store.remove("key");
  expect(await store.read("key")).toBeUndefined();
});

it("renews once for tabs that share the browser", async () => {
  const environment = platform.url;
  const [email, password] = ["ann@example.org", "p"];
  await platform.set({ users: { ann: { email, password } }, slow: 100 });
  const name = database();
  await storePasswordLogin({ environment, store: browserTokenStore({ database: name }), email, password });
  await platform.change({ tokens: {} });
  const tabs = Array.from({ length: 3 }, () =>
    createTransport({ environment, credentials: storedLogin({ store: browserTokenStore({ database: name }) }) })
  );
  await Promise.all(tabs.flatMap((tab) => [tab.currentUser(), tab.currentUser()]));
  const renewals = (await platform.seen()).filter(({ method, path }) => method === "GET" && path === "/auth/login");
  expect(renewals).toHaveLength(1);
});

it("lets one tab work at a time where the browser has no locks of its own", async () => {
  const records = await openRecords(database());
  let inside = 0;
  const work = async () => {
    expect((inside += 1)).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    inside -= 1;
    return "done";
  };
  const all = Promise.all([1, 2, 3].map(() => withLease(records, "lease", work)));
  expect(await all).toEqual(["done", "done", "done"]);
});

it("does not wait for a tab that is gone longer than its lease", async () => {
  const records = await openRecords(database());
  let now = 1_000_000;
  const clock: Clock = {
    now: () => now,
    sleep: () => {
      now += 30_000;
      return Promise.resolve();
    }
  };
  void withLease(records, "lease", () => new Promise(() => {}), clock);
  expect(await withLease(records, "lease", () => Promise.resolve(now - 1_000_000), clock)).toBe(90_000);
});
