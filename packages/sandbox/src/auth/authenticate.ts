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
export async function callerOfToken(token: string, check: TokenCheck): Promise<Caller | undefined> {
  const access = /^kc:([^:]+):[^:]+$/.exec(token)?.[1] ?? token;
  const kept = check.store.getToken(await hashToken(access));
  if (kept === undefined || kept.kind !== "access") return undefined;
  if (kept.expiresAt !== undefined && kept.expiresAt <= check.now) return undefined;
  if (kept.service) return { kind: "service" };
  const user = kept.userId === undefined ? undefined : check.store.getUser(kept.userId);
  return user && { kind: "user", userId: user.userId, permissions: user.permissions };
}

/** The caller that `?restricted_token=` stands for, on the paths that it was made for. */
export async function callerOfRestricted(url: URL, check: TokenCheck): Promise<Caller | undefined> {
  const token = url.searchParams.get("restricted_token");
  if (token === null) return undefined;
  const kept = check.store.getToken(await hashToken(token));
  if (kept?.kind !== "restricted" || (kept.expiresAt !== undefined && kept.expiresAt <= check.now)) return undefined;
  const paths = kept.grant?.["paths"]?.split(" ");
  const fits = paths?.some((path) => url.pathname === path || url.pathname.startsWith(`${path}/`)) ?? true;
  const user = fits && kept.userId !== undefined ? check.store.getUser(kept.userId) : undefined;
  return user && { kind: "user", userId: user.userId, permissions: user.permissions };
}

/** The values of a header; several lines of one name reach a `Headers` joined by a comma and a space. */
function linesOf(
  request: Request,
  name: string,
  lineCounts: LineCounts | undefined
): ReadonlyArray<string> | undefined {
  const value = request.headers.get(name);
  if (value === null) return undefined;
  const count = lineCounts?.[name] ?? (lineCounts === undefined ? value.split(", ").length : 1);
  return count === 1 ? [value] : value.split(", ");
}

/** How many lines of a header a server saw; without it a comma and a space count as a second line. */
export type LineCounts = Readonly<Record<string, number>>;

const none: Authentication = { kind: "none" };
const refused: Authentication = { kind: "refused" };

/**
 * Service secret, then `Authorization: Bearer`, then `X-Tidepool-Session-Token`, then `restricted_token`. A bad Bearer does not end
 * it: a good session token beside it still counts. Two lines of one header, an `Authorization` without a space and a
 * wrong service secret are refused.
 */
export async function authenticate(
  request: Request,
  check: TokenCheck,
  lineCounts?: LineCounts
): Promise<Authentication> {
  const secrets = linesOf(request, "x-tidepool-service-secret", lineCounts);
  if (secrets !== undefined) {
    const good = secrets.length === 1 && check.serviceSecret !== undefined && secrets[0] === check.serviceSecret;
    return good ? { kind: "caller", caller: { kind: "service" } } : refused;
  }

  const authorizations = linesOf(request, "authorization", lineCounts);
  if (authorizations !== undefined) {
    const [authorization = ""] = authorizations;
    const space = authorization.indexOf(" ");
    if (authorizations.length > 1 || space < 0) return refused;
    if (authorization.slice(0, space).toLowerCase() === "bearer") {
      const caller = await callerOfToken(authorization.slice(space + 1), check);
      if (caller !== undefined) return { kind: "caller", caller };
    }
  }

  const tokens = linesOf(request, "x-tidepool-session-token", lineCounts);
  if (tokens !== undefined && tokens.length > 1) return refused;
  const caller =
    (tokens === undefined ? undefined : await callerOfToken(tokens[0] ?? "", check)) ??
    (await callerOfRestricted(new URL(request.url), check));
  return caller === undefined ? none : { kind: "caller", caller };
}
