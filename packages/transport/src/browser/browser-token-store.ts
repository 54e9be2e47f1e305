import { oneAtATime, type TokenStore } from "../token-store.ts";
import { withLease } from "./lease.ts";
import { openRecords, type Records } from "./records.ts";

/** Which of the browser's databases. */
export interface BrowserTokenStoreOptions {
  /** Default: `tideway-logins`. */
  readonly database?: string;
}

/**
 * A store in the browser's IndexedDB: logins outlive a reload, and tabs and workers of one origin share them and renew
 * one after the other.
 *
 * The risk: every script of the page's origin can read what is kept, so a single foreign script (a compromised
 * dependency, an injection) has the login until it is revoked; and on a shared computer the next person has it until
 * somebody logs out. Serve the page with a Content-Security-Policy, and keep logins in `memoryTokenStore()` where
 * logging in after every reload is bearable.
 */
export const browserTokenStore = ({ database = "tideway-logins" }: BrowserTokenStoreOptions = {}): TokenStore => {
  let opening: Promise<Records> | undefined;
  const inTurn = oneAtATime();
  const records = async () => {
    opening ??= openRecords(database);
    try {
      return await opening;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };
  return {
    place: "this browser's storage",
    read: async (key) => {
      const value = await (await records()).get(key);
      return typeof value === "string" ? value : undefined;
    },
    write: async (key, text) => (await records()).put(key, text),
    remove: async (key) => (await records()).remove(key),
    exclusively: (key, work) =>
      inTurn(key, async () => {
        const { locks } = navigator as { readonly locks?: LockManager };
        if (locks !== undefined)
          return (await locks.request(`${database} ${key}`, work)) as Awaited<ReturnType<typeof work>>;
        return withLease(await records(), `lease ${key}`, work);
      })
  };
};
