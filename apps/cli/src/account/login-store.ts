import { join } from "node:path";
import type { TokenStore } from "@tideway/transport";
import { fileTokenStore, keyringTokenStore } from "@tideway/transport/node";
import { configFolder } from "../state/folders.ts";

/**
 * Where `tideway login` keeps logins: the system's keyring, or a folder of files that only their owner can read where there
 * is no keyring or `TIDEWAY_KEYRING=off` says so.
 */
export const loginStore = (): TokenStore => {
  const files = fileTokenStore({ folder: join(configFolder(), "logins") });
  return process.env["TIDEWAY_KEYRING"] === "off" ? files : keyringTokenStore({ fallback: files });
};
