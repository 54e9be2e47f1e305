import { toHex } from "../runtime.ts";

const encoder = new TextEncoder();
const rounds = 100_000;

const derive = async (password: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<string> => {
  const key = await crypto.subtle.importKey("raw", encoder.encode(password), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, key, 256);
  return toHex(new Uint8Array(bits));
};

const fromHex = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** What is kept of a password: `pbkdf2-sha256$<rounds>$<salt>$<key>`. */
export const hashPassword = async (password: string, salt: Uint8Array): Promise<string> =>
  `pbkdf2-sha256$${rounds}$${toHex(salt)}$${await derive(password, new Uint8Array(salt), rounds)}`;

/** Whether a password is the one that was hashed. */
export const passwordMatches = async (password: string, kept: string): Promise<boolean> => {
  const [, iterations, salt, key] = kept.split("$");
  if (iterations === undefined || salt === undefined || key === undefined) return false;
  const derived = await derive(password, fromHex(salt), Number(iterations));
  let difference = derived.length ^ key.length;
  for (let at = 0; at < derived.length; at += 1) difference |= derived.charCodeAt(at) ^ key.charCodeAt(at);
  return difference === 0;
};
