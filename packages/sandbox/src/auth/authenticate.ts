import type { HeaderLines } from "../http/header-lines.ts";
import { readParameters } from "../http/parameters.ts";
import type { Store } from "../store/store.ts";
import type { Caller } from "./caller.ts";
import { hashToken } from "./hash-token.ts";

/** What the headers said: a caller, nobody, or something that is refused before any route is looked at. */
export type Authentication =
  | { readonly kind: "caller"; readonly caller: Caller }
  | { readonly kind: "none" }
  | { readonly kind: "refused" };

/** What tokens are checked against. */
export interface TokenCheck {
  readonly store: Store;
  readonly now: number;
  readonly serviceSecret: string | undefined;
}

/** The caller a token stands for, if it is good. */
export const callerOfToken = async (token: string, check: TokenCheck): Promise<Caller | undefined> => {
  const access = /^kc:([^:]+):[^:]+$/.exec(token)?.[1] ?? token;
  const kept = check.store.getToken(await hashToken(access));
  if (kept === undefined || kept.kind !== "access") return undefined;
  if (kept.expiresAt !== undefined && kept.expiresAt <= check.now) return undefined;
  if (kept.service) return { kind: "service" };
  const user = kept.userId === undefined ? undefined : check.store.getUser(kept.userId);
  return user && { kind: "user", userId: user.userId, permissions: user.permissions };
};

/** The caller that a `restricted_token` stands for, on the paths that it was made for. */
export const callerOfRestricted = async (
  token: string | undefined,
  path: string,
  check: TokenCheck
): Promise<Caller | undefined> => {
  if (token === undefined) return undefined;
  const kept = check.store.getToken(await hashToken(token));
  if (kept?.kind !== "restricted" || (kept.expiresAt !== undefined && kept.expiresAt <= check.now)) return undefined;
  const paths = kept.grant?.["paths"]?.split(" ");
  const fits = paths?.some((one) => path === one || path.startsWith(`${one}/`)) ?? true;
  const user = fits && kept.userId !== undefined ? check.store.getUser(kept.userId) : undefined;
  return user && { kind: "user", userId: user.userId, permissions: user.permissions };
};

/** What is looked at to know who asks. */
export interface Credentials {
  readonly lines: HeaderLines;
  readonly path: string;
  readonly query: string;
}

/** A trusted service is one by its session token: as an access token the platform takes it for a user whose name it does not know. */
const nameless: Caller = { kind: "user", userId: "", permissions: {} };

const none: Authentication = { kind: "none" };
const refused: Authentication = { kind: "refused" };

/**
 * Service secret, then `Authorization: Bearer`, then `X-Tidepool-Session-Token`, then `restricted_token`. A bad Bearer does not end
 * it: a good session token beside it still counts. Two lines of one header, two restricted tokens, an `Authorization` without
 * a space and a wrong service secret are refused.
 */
export const authenticate = async ({ lines, path, query }: Credentials, check: TokenCheck): Promise<Authentication> => {
  const secrets = lines("x-tidepool-service-secret");
  if (secrets.length > 0) {
    const good = secrets.length === 1 && check.serviceSecret !== undefined && secrets[0] === check.serviceSecret;
    return good ? { kind: "caller", caller: { kind: "service" } } : refused;
  }

  const [authorization, ...others] = lines("authorization");
  if (authorization !== undefined) {
    const space = authorization.indexOf(" ");
    if (others.length > 0 || space < 0) return refused;
    if (authorization.slice(0, space).toLowerCase() === "bearer") {
      const caller = await callerOfToken(authorization.slice(space + 1), check);
      if (caller !== undefined) return { kind: "caller", caller: caller.kind === "service" ? nameless : caller };
    }
  }

  const [token, ...more] = lines("x-tidepool-session-token");
  if (more.length > 0) return refused;
  const session = token === undefined ? undefined : await callerOfToken(token, check);
  if (session !== undefined) return { kind: "caller", caller: session };

  const [restricted, ...further] = readParameters(query).values.get("restricted_token") ?? [];
  if (further.length > 0) return refused;
  const caller = await callerOfRestricted(restricted, path, check);
  return caller === undefined ? none : { kind: "caller", caller };
};
