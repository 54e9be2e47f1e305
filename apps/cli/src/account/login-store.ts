import { join } from "node:path";
import type { StoredLoginOptions, TokenStore } from "@tideway/transport";
import { fileTokenStore, keyringTokenStore } from "@tideway/transport/node";
import { firstProfile } from "../state/configuration.ts";
import { configFolder } from "../state/folders.ts";

/** Where logins are kept, and where that is in truth. */
export interface LoginStore {
  readonly store: TokenStore;
  /** In words, once it was read or written: the keyring, or the folder and why there is no keyring. */
  readonly whereabouts: () => string;
}

/**
 * Where `tideway login` keeps logins: the system's keyring, or a folder of files that only their owner can read where there
 * is no keyring or `TIDEWAY_KEYRING=off` says so.
 */
export const openLoginStore = (): LoginStore => {
  const folder = join(configFolder(), "logins");
  const files = fileTokenStore({ folder });
  if (process.env["TIDEWAY_KEYRING"] === "off") {
    return { store: files, whereabouts: () => `files under ${folder} (TIDEWAY_KEYRING=off)` };
  }
  let why: string | undefined;
  const store = keyringTokenStore({
    fallback: files,
    onFallback: (reason) => {
      why = reason;
    }
  });
  const whereabouts = () =>
    why === undefined ? "the system's keyring" : `files under ${folder}, since there is no keyring (${why})`;
  return { store, whereabouts };
};

/** Where `tideway login` keeps logins. */
export const loginStore = (): TokenStore => openLoginStore().store;

/** Which login of a store is a profile's: the first profile's is the one without a name. */
export const loginOf = (store: TokenStore, profile: string): StoredLoginOptions =>
  profile === firstProfile ? { store } : { store, profile };
