import { randomUUID } from "node:crypto";
import type { TokenStore } from "../token-store.ts";

/** The part of a system keyring that is used; `@napi-rs/keyring`'s `AsyncEntry` has it. */
export interface Keyring {
  get(account: string): Promise<string | undefined>;
  set(account: string, secret: string): Promise<void>;
  delete(account: string): Promise<void>;
}

/** Which keyring, and what stands in for it. */
export interface KeyringTokenStoreOptions {
  /** Used where the machine has no keyring, and for its lock in any case. Usually a `fileTokenStore`. */
  readonly fallback: TokenStore;
  /** Under which name the keyring shows the logins. Default: `tideway`. */
  readonly service?: string;
  /** Told once, with the keyring's own word, when the fallback is used in its place. */
  readonly onFallback?: (reason: string) => void;
  /** Another keyring. Default: the system's, through `@napi-rs/keyring`. */
  readonly keyring?: Keyring;
}

// Windows keeps at most 2,560 bytes a secret, in UTF-16: a login of two JWTs is longer.
const pieceLength = 1200;

/**
 * A store in the system's keyring: Keychain, Credential Manager, Secret Service. Where there is none (containers, ssh,
 * cron), or it is locked, the fallback is the store.
 */
export const keyringTokenStore = (options: KeyringTokenStoreOptions): TokenStore => {
  const { fallback } = options;
  let found: Promise<Keyring | undefined> | undefined;

  const keyring = () => {
    found ??= open(options).catch((error: unknown) => {
      options.onFallback?.(error instanceof Error ? error.message : "unknown");
      return undefined;
    });
    return found;
  };

  return {
    get place() {
      return `the system's keyring or ${fallback.place}`;
    },
    async read(key) {
      const ring = await keyring();
      return (ring === undefined ? undefined : await readPieces(ring, key)) ?? fallback.read(key);
    },
    async write(key, text) {
      const ring = await keyring();
      if (ring === undefined) return fallback.write(key, text);
      await writePieces(ring, key, text);
      await fallback.remove(key);
    },
    async remove(key) {
      const ring = await keyring();
      if (ring !== undefined) await removePieces(ring, key);
      await fallback.remove(key);
    },
    exclusively: (key, work) => fallback.exclusively(key, work)
  };
};

const open = async ({ keyring, service = "tideway" }: KeyringTokenStoreOptions): Promise<Keyring> => {
  const ring = keyring ?? (await systemKeyring(service));
  // A machine without a keyring may read as if it had an empty one: only writing tells.
  const probe = `probe ${randomUUID()}`;
  await ring.set(probe, "probe");
  await ring.delete(probe);
  return ring;
};

const systemKeyring = async (service: string): Promise<Keyring> => {
  const { AsyncEntry } = await import("@napi-rs/keyring");
  const entry = (account: string) => new AsyncEntry(service, account);
  return {
    get: async (account) => (await entry(account).getPassword()) ?? undefined,
    set: (account, secret) => entry(account).setPassword(secret),
    delete: async (account) => void (await entry(account).deletePassword())
  };
};

// The head names a set of pieces: a new set is written whole before the head points at it, so a write that breaks off
// leaves the old login.
const head = (text: string | undefined) => /^(?<id>[0-9a-f-]{36}) (?<count>\d+)$/.exec(text ?? "")?.groups;

const readPieces = async (ring: Keyring, key: string): Promise<string | undefined> => {
  const { id, count } = head(await ring.get(key)) ?? {};
  if (id === undefined) return undefined;
  const names = Array.from({ length: Number(count) }, (_, index) => `${key} ${id} ${index}`);
  const pieces = await Promise.all(names.map((name) => ring.get(name)));
  return pieces.includes(undefined) ? undefined : pieces.join("");
};

const writePieces = async (ring: Keyring, key: string, text: string): Promise<void> => {
  const before = await ring.get(key);
  const id = randomUUID();
  const count = Math.ceil(text.length / pieceLength);
  for (let index = 0; index < count; index += 1) {
    await ring.set(`${key} ${id} ${index}`, text.slice(index * pieceLength, (index + 1) * pieceLength));
  }
  await ring.set(key, `${id} ${count}`);
  await deletePieces(ring, key, before);
};

const removePieces = async (ring: Keyring, key: string): Promise<void> => {
  const before = await ring.get(key);
  if (before === undefined) return;
  await ring.delete(key);
  await deletePieces(ring, key, before);
};

const deletePieces = async (ring: Keyring, key: string, before: string | undefined): Promise<void> => {
  const { id, count } = head(before) ?? {};
  for (let index = 0; index < Number(count ?? 0); index += 1) await ring.delete(`${key} ${id} ${index}`);
};
