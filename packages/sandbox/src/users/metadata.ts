import { may } from "../auth/caller.ts";
import { userBody } from "../auth/user-body.ts";
import type { Exchange } from "../exchange.ts";
import { loginError } from "../http/answers.ts";
import { plainJson, sessionCaller } from "./access.ts";

const collections = new Set(["profile", "settings", "preferences", "private"]);

const settingName = (userId: string, collection: string) => `metadata:${userId}:${collection}`;

const kept = ({ platform }: Exchange, userId: string, collection: string): unknown => {
  if (collection === "profile") return platform.store.getUser(userId)?.profile;
  const text = platform.store.getSetting(settingName(userId, collection));
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
};

/** GET /metadata/:userId/profile (or settings, preferences). */
export const getMetadata = async (exchange: Exchange): Promise<Response> => {
  const { userId = "", collection = "" } = exchange.params;
  const caller = await sessionCaller(exchange);
  if (caller === undefined) return loginError(401, "Unauthorized");
  if (!may(caller, userId, "custodian", "upload", "view")) return loginError(401, "Unauthorized");
  const found = collections.has(collection) ? kept(exchange, userId, collection) : undefined;
  return found === undefined ? loginError(404, "Not found") : plainJson(200, found);
};

/** PUT (or POST) to the same: merged into what is there. */
export const putMetadata = async (exchange: Exchange): Promise<Response> => {
  const { userId = "", collection = "" } = exchange.params;
  const { store } = exchange.platform;
  const caller = await sessionCaller(exchange);
  if (caller === undefined || !may(caller, userId, "custodian")) return loginError(401, "Unauthorized");
  const user = store.getUser(userId);
  if (user === undefined || !collections.has(collection)) return loginError(404, "Not found");
  let sent: unknown;
  try {
    sent = JSON.parse(new TextDecoder().decode(await exchange.body()));
  } catch {
    return loginError(400, "Bad request");
  }
  const merged = { ...(kept(exchange, userId, collection) as object | undefined), ...(sent as object) };
  if (collection === "profile") store.putUser({ ...user, profile: merged });
  else store.putSetting(settingName(userId, collection), JSON.stringify(merged));
  return plainJson(200, merged);
};

/** GET /metadata/users/:userId/users: the users this one shares data with, either way, with profiles and rights. */
export const getSharedUsers = async (exchange: Exchange): Promise<Response> => {
  const { userId = "" } = exchange.params;
  const { store } = exchange.platform;
  const caller = await sessionCaller(exchange);
  if (caller === undefined || !may(caller, userId)) return loginError(401, "Unauthorized");
  const mine = store.getUser(userId)?.permissions ?? {};
  const asObject = (granted: ReadonlyArray<string>) =>
    Object.fromEntries(granted.map((permission) => [permission, {}]));
  const shared = store.users().flatMap((user) => {
    if (user.userId === userId) return [];
    const trustor = mine[user.userId] ?? [];
    const trustee = user.permissions[userId] ?? [];
    if (trustor.length === 0 && trustee.length === 0) return [];
    return [
      {
        ...userBody(user),
        profile: user.profile,
        ...(trustor.length === 0 ? {} : { trustorPermissions: asObject(trustor) }),
        ...(trustee.length === 0 ? {} : { trusteePermissions: asObject(trustee) })
      }
    ];
  });
  return plainJson(200, shared);
};
