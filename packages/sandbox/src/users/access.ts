import { callerOfToken } from "../auth/authenticate.ts";
import { isRoot, may, type Caller } from "../auth/caller.ts";
import type { Exchange } from "../exchange.ts";
import { jsonType, loginError } from "../http/answers.ts";

type Rights = Readonly<Record<string, Readonly<Record<string, never>>>>;

/** The caller by session token, as the older services look for it. */
export const sessionCaller = async ({ request, platform, now }: Exchange): Promise<Caller | undefined> => {
  const token = request.headers.get("x-tidepool-session-token");
  return token === null ? undefined : callerOfToken(token, { store: platform.store, now, serviceSecret: undefined });
};

/** A JSON answer of the older services. */
export const plainJson = (status: number, value: unknown): Response =>
  new Response(JSON.stringify(value), { status, headers: { "content-type": jsonType } });

const rightsOf = ({ platform }: Exchange, target: string, userId: string): Rights | undefined => {
  if (target === userId) return { root: {} };
  const granted = platform.store.getUser(userId)?.permissions[target] ?? [];
  return granted.length === 0 ? undefined : Object.fromEntries(granted.map((permission) => [permission, {}]));
};

/** GET /access/:target/:userId: what one user may do with another's data; 404 where nothing. */
export const getAccess = async (exchange: Exchange): Promise<Response> => {
  const { target = "", userId = "" } = exchange.params;
  const caller = await sessionCaller(exchange);
  if (caller === undefined) return loginError(401, "Unauthorized");
  const own =
    caller.kind === "service" || caller.userId === userId || may(caller, target, "custodian", "upload", "view");
  if (!own) return loginError(401, "Unauthorized");
  const rights = rightsOf(exchange, target, userId);
  return rights === undefined ? loginError(404, "Not found") : plainJson(200, rights);
};

/** GET /access/groups/:userId: the users whose data this one has rights on, with the rights. */
export const getGroups = async (exchange: Exchange): Promise<Response> => {
  const { userId = "" } = exchange.params;
  const caller = await sessionCaller(exchange);
  if (caller === undefined || !may(caller, userId)) return loginError(401, "Unauthorized");
  const targets = Object.keys(exchange.platform.store.getUser(userId)?.permissions ?? {});
  const groups = [userId, ...targets].map((target) => [target, rightsOf(exchange, target, userId) ?? {}]);
  return plainJson(200, Object.fromEntries(groups));
};

/** GET /access/:userId: who has rights on this user's data. */
export const getMembers = async (exchange: Exchange): Promise<Response> => {
  const { userId = "" } = exchange.params;
  const caller = await sessionCaller(exchange);
  if (caller === undefined || !may(caller, userId, "custodian")) return loginError(401, "Unauthorized");
  const users = exchange.platform.store.users();
  const members = users.flatMap((user) => {
    const rights = rightsOf(exchange, userId, user.userId);
    return rights === undefined ? [] : [[user.userId, rights] as const];
  });
  return plainJson(200, Object.fromEntries(members));
};

/** POST /access/:target/:userId: gives one user rights on another's data, `{"view":{}}`; `{}` takes all away. */
export const setAccess = async (exchange: Exchange): Promise<Response> => {
  const { target = "", userId = "" } = exchange.params;
  const { store } = exchange.platform;
  const caller = await sessionCaller(exchange);
  const allowed =
    caller !== undefined && (caller.kind === "service" || isRoot(caller, target) || may(caller, target, "custodian"));
  if (!allowed) return loginError(401, "Unauthorized");
  const user = store.getUser(userId);
  if (user === undefined) return loginError(404, "Not found");
  let sent: unknown;
  try {
    sent = JSON.parse(new TextDecoder().decode(await exchange.body()));
  } catch {
    return loginError(400, "Bad request");
  }
  const { [target]: _before, ...others } = user.permissions;
  const granted = Object.keys((sent ?? {}) as object);
  store.putUser({ ...user, permissions: granted.length === 0 ? others : { ...others, [target]: granted } });
  return plainJson(200, rightsOf(exchange, target, userId) ?? {});
};
