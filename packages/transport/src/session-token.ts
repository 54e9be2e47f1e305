import { hasOwn, parseJson } from "./json.ts";

/**
 * When a session token ends, in milliseconds since 1970 by this machine's clock; undefined where nothing says so.
 *
 * `kc:<access>:<refresh>` holds a JWT whose life (`exp - iat`) is true whatever this machine's clock says; the server's
 * absolute `expires_at` needs its skew.
 */
export const sessionTokenEnd = (
  token: string,
  {
    now,
    expiresAt,
    skew
  }: { readonly now: number; readonly expiresAt?: number | undefined; readonly skew?: number | undefined }
): number | undefined => {
  const claims = jwtClaims(/^kc:([^:]+):/.exec(token)?.[1] ?? token);
  if (hasOwn(claims, "exp") && hasOwn(claims, "iat")) {
    const life = Number(claims.exp) - Number(claims.iat);
    if (life > 0) return now + life * 1000;
  }
  return expiresAt === undefined || !(expiresAt > 0) ? undefined : expiresAt * 1000 - (skew ?? 0);
};

/** The unverified claims of a JWT: good for planning, never for deciding. */
const jwtClaims = (jwt: string): unknown => {
  const payload = jwt.split(".")[1];
  if (payload === undefined) return undefined;
  try {
    return parseJson(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return undefined;
  }
};
