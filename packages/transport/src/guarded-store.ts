import { Unanswered, Unauthenticated } from "@tideway/core";
import type { TokenStore } from "./token-store.ts";

/** The work's own failures as they are; a lock that cannot be had as what it means for the login. */
export const alone = async <A>(store: TokenStore, key: string, work: () => Promise<A>): Promise<A> => {
  let started = false;
  const lock = () =>
    store.exclusively(key, () => {
      started = true;
      return work();
    });
  try {
    return await lock();
  } catch (error) {
    if (started || error instanceof Unanswered) throw error;
    return guarded("locked in", store, () => Promise.reject(error as Error));
  }
};

/** A code, or what is said of a folder: neither holds anything of a login. */
const reasonOf = (error: unknown): string => {
  const { _tag, code, message } = (error ?? {}) as { readonly [member: string]: unknown };
  if (_tag === "FolderUnavailable") return `. ${String(message).replace(/\.$/u, "")}`;
  return typeof code === "string" ? ` (${code})` : "";
};

/** A store that fails as what that means for the login. The store's own error stays out: it may hold anything. */
export const guarded = async <A>(done: string, store: TokenStore, work: () => Promise<A>): Promise<A> => {
  try {
    return await work();
  } catch (error) {
    const message = `The login cannot be ${done} ${store.place}${reasonOf(error)}. Make it readable and writable for this program, then try again.`;
    throw new Unauthenticated({ message });
  }
};
