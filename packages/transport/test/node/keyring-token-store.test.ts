import { memoryTokenStore } from "@tideway/transport";
import { keyringTokenStore, type Keyring } from "@tideway/transport/node";
import { expect, it } from "vitest";

/** A keyring with the smallest secrets there are, Windows's: 2,560 bytes of UTF-16. */
const smallKeyring = () => {
  const secrets = new Map<string, string>();
  let sets = 0;
  let brokenAfter = Infinity;
  const keyring: Keyring = {
    get: (account) => Promise.resolve(secrets.get(account)),
    set: async (account, secret) => {
      if (secret.length * 2 > 2560) throw new Error("too long");
      if ((sets += 1) > brokenAfter) throw new Error("locked");
      secrets.set(account, secret);
    },
    delete: (account) => Promise.resolve(void secrets.delete(account))
  };
  return { keyring, secrets, breakAfter: (count: number) => (brokenAfter = sets + count) };
};

const long = (letter: string) => letter.repeat(5000);

it("keeps a login that is longer than a keyring's secrets, and leaves nothing behind", async () => {
  const { keyring, secrets } = smallKeyring();
  const store = keyringTokenStore({ keyring, fallback: memoryTokenStore() });
  await store.write("key", long("a"));
  await store.write("key", long("b"));
  expect(await store.read("key")).toBe(long("b"));
  expect(secrets.size).toBe(1 + Math.ceil(5000 / 1200));
  await store.remove("key");
  expect(secrets.size).toBe(0);
  expect(await store.read("key")).toBeUndefined();
});

it("still has the old login when writing a new one breaks off", async () => {
  const { keyring, breakAfter } = smallKeyring();
  const store = keyringTokenStore({ keyring, fallback: memoryTokenStore() });
  await store.write("key", long("a"));
  for (const count of [0, 1, 4, 5]) {
    breakAfter(count);
    await expect(store.write("key", long("b"))).rejects.toThrow("locked");
    expect(await store.read("key")).toBe(long("a"));
  }
});

it("uses the fallback where there is no keyring, and says so once", async () => {
  const reasons: Array<string> = [];
  const fallback = memoryTokenStore();
  const keyring: Keyring = {
    // As on a machine without a secret service: reading finds nothing, writing tells why.
    get: () => Promise.resolve(undefined),
    set: () => Promise.reject(new Error("Couldn't access platform storage: AccessDenied")),
    delete: () => expect.fail("not used")
  };
  const store = keyringTokenStore({ keyring, fallback, onFallback: (reason) => reasons.push(reason) });
  await store.write("key", "text");
  expect(await store.read("key")).toBe("text");
  expect(await fallback.read("key")).toBe("text");
  await store.remove("key");
  expect(reasons).toEqual(["Couldn't access platform storage: AccessDenied"]);
});

it("finds a login that was made while there was no keyring, and moves it there when it is renewed", async () => {
  const fallback = memoryTokenStore();
  await fallback.write("key", "old");
  const { keyring, secrets } = smallKeyring();
  const store = keyringTokenStore({ keyring, fallback });
  expect(await store.read("key")).toBe("old");
  await store.write("key", "new");
  expect(await fallback.read("key")).toBeUndefined();
  expect(await store.read("key")).toBe("new");
  expect(secrets.size).toBe(2);
});

it("works with what this machine has, keyring or not", async () => {
  const store = keyringTokenStore({ service: "tideway-tests", fallback: memoryTokenStore() });
  const key = `test ${crypto.randomUUID()}`;
  await store.exclusively(key, async () => {
    await store.write(key, long("x"));
    expect(await store.read(key)).toBe(long("x"));
    await store.remove(key);
    expect(await store.read(key)).toBeUndefined();
  });
});
