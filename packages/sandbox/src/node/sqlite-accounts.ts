import type { DatabaseSync } from "node:sqlite";
import type { Store } from "../store/store.ts";
import type { TokenRecord } from "../store/token-record.ts";
import type { UserRecord } from "../store/user-record.ts";

type Accounts = Pick<
  Store,
  | "putUser"
  | "getUser"
  | "findUser"
  | "users"
  | "putToken"
  | "getToken"
  | "removeToken"
  | "removeTokenFamily"
  | "getSetting"
  | "putSetting"
>;

/** Users, tokens and settings in SQLite. */
export const sqliteAccounts = (database: DatabaseSync): Accounts => {
  const putUser = database.prepare("INSERT OR REPLACE INTO users (user_id, email, record) VALUES (?, ?, ?)");
  const getUser = database.prepare("SELECT record FROM users WHERE user_id = ?");
  const findUser = database.prepare("SELECT record FROM users WHERE email = ? LIMIT 1");
  const users = database.prepare("SELECT record FROM users ORDER BY rowid");
  const putToken = database.prepare("INSERT OR REPLACE INTO tokens (hash, family, record) VALUES (?, ?, ?)");
  const getToken = database.prepare("SELECT record FROM tokens WHERE hash = ?");
  const removeToken = database.prepare("DELETE FROM tokens WHERE hash = ?");
  const removeFamily = database.prepare("DELETE FROM tokens WHERE family = ?");
  const getSetting = database.prepare("SELECT value FROM settings WHERE name = ?");
  const putSetting = database.prepare("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)");

  const read = <Found>(row: unknown): Found | undefined =>
    row === undefined ? undefined : (JSON.parse((row as { readonly record: string }).record) as Found);

  return {
    putUser: (user) => void putUser.run(user.userId, user.email ?? null, JSON.stringify(user)),
    getUser: (userId) => read<UserRecord>(getUser.get(userId)),
    findUser: (email) => read<UserRecord>(findUser.get(email)),
    users: () => users.all().flatMap((row) => read<UserRecord>(row) ?? []),
    putToken: (token) => void putToken.run(token.hash, token.family, JSON.stringify(token)),
    getToken: (hash) => read<TokenRecord>(getToken.get(hash)),
    removeToken: (hash) => void removeToken.run(hash),
    removeTokenFamily: (family) => void removeFamily.run(family),
    getSetting: (name) => (getSetting.get(name) as { readonly value: string } | undefined)?.value,
    putSetting: (name, value) => void putSetting.run(name, value)
  };
};
