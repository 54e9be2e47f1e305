import { toHex } from "../world.ts";

const encoder = new TextEncoder();

/** What is kept of a token: its SHA-256. Tokens are long and random, so no salt is needed. */
export const hashToken = async (token: string): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(token))));
