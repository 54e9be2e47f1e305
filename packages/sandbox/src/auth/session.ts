import type { Platform } from "../platform.ts";
import type { TokenRecord } from "../store/token-record.ts";
import { toHex } from "../world.ts";
import { hashToken } from "./hash-token.ts";

/** A session token of the login service: `kc:<access>:<refresh>`. */
export interface Session {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Opens a session for a user; `family` ties it to the login it came from. */
export async function openSession(platform: Platform, userId: string, family: string): Promise<Session> {
  const { store, world, sessionLifetime, refreshLifetime } = platform;
  const access = toHex(world.randomBytes(32));
  const refresh = toHex(world.randomBytes(32));
  const now = platform.now();
  const expiresAt = now + sessionLifetime;
  const base = { userId, service: false, family };
  const kept: ReadonlyArray<TokenRecord> = [
    { ...base, kind: "access", hash: await hashToken(access), expiresAt },
    { ...base, kind: "refresh", hash: await hashToken(refresh), expiresAt: now + refreshLifetime }
  ];
  store.transaction(() => kept.forEach((token) => store.putToken(token)));
  return { token: `kc:${access}:${refresh}`, expiresAt };
}
