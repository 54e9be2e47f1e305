import type { Platform } from "../platform.ts";
import { toHex } from "../runtime.ts";
import type { TokenRecord } from "../store/token-record.ts";
import { hashToken } from "./hash-token.ts";

/** A session token of the login service: `kc:<access>:<refresh>`. */
export interface Session {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const year = 365 * 24 * 3_600_000;
const longLivedAgents = /^(?:Tidepool|axios|okhttp|Loop)\//;

/**
 * Opens a session for a user; `family` ties it to the login it came from. Programs whose user agent the platform knows get a
 * token that is good for very long.
 */
export const openSession = async (
  platform: Platform,
  userId: string,
  family: string,
  userAgent: string | null
): Promise<Session> => {
  const { store, runtime, refreshLifetime } = platform;
  const sessionLifetime = longLivedAgents.test(userAgent ?? "") ? year : platform.sessionLifetime;
  const access = toHex(runtime.randomBytes(32));
  const refresh = toHex(runtime.randomBytes(32));
  const now = platform.now();
  const expiresAt = now + sessionLifetime;
  const base = { userId, service: false, family };
  const kept: ReadonlyArray<TokenRecord> = [
    { ...base, kind: "access", hash: await hashToken(access), expiresAt },
    { ...base, kind: "refresh", hash: await hashToken(refresh), expiresAt: now + refreshLifetime }
  ];
  store.transaction(() => kept.forEach((token) => store.putToken(token)));
  return { token: `kc:${access}:${refresh}`, expiresAt };
};
