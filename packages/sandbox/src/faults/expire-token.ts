import { hashToken } from "../auth/hash-token.ts";
import type { Store } from "../store/store.ts";

/** Lets the access token of a request expire; its refresh token stays good. */
export const expireToken = async (store: Store, request: Request, now: number): Promise<void> => {
  const [, bearer] = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  for (const token of [bearer, request.headers.get("x-tidepool-session-token")]) {
    if (token === undefined || token === null) continue;
    const access = /^kc:([^:]+):/.exec(token)?.[1] ?? token;
    const kept = store.getToken(await hashToken(access));
    if (kept?.kind === "access") store.putToken({ ...kept, expiresAt: now });
  }
};
