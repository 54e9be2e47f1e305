import { toHex } from "../runtime.ts";

const encoder = new TextEncoder();

const digest = async (token: string): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(token))));

/** The token that came last: a program sends the same one with each of its requests. */
let last: { readonly token: string; readonly hash: Promise<string> } | undefined;

/** What is kept of a token: its SHA-256. Tokens are long and random, so no salt is needed. */
export const hashToken = (token: string): Promise<string> => {
  if (last?.token !== token) last = { token, hash: digest(token) };
  return last.hash;
};
