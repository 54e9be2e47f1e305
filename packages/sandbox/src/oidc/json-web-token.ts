import type { Store } from "../store/store.ts";

const encoder = new TextEncoder();
const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as const;
const setting = "oidc-signing-key";

/** Bytes as base64 without padding, in the letters that a URL takes. */
export const base64Url = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const signingKey = async (store: Store): Promise<JsonWebKey> => {
  const kept = store.getSetting(setting);
  if (kept !== undefined) return JSON.parse(kept) as JsonWebKey;
  const made = { ...algorithm, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
  const pair = await crypto.subtle.generateKey(made, true, ["sign", "verify"]);
  const key = await crypto.subtle.exportKey("jwk", pair.privateKey);
  const other = store.getSetting(setting);
  if (other !== undefined) return JSON.parse(other) as JsonWebKey;
  store.putSetting(setting, JSON.stringify(key));
  return key;
};

/** The public half of the sandbox's signing key, as a key set; the key is made on first use and kept in the store. */
export const publicKeys = async (store: Store): Promise<{ readonly keys: ReadonlyArray<Record<string, unknown>> }> => {
  const { kty, n, e } = await signingKey(store);
  return { keys: [{ kty, n, e, kid: keyIdOf(n), alg: "RS256", use: "sig" }] };
};

const keyIdOf = (modulus: string | undefined): string => (modulus ?? "").slice(0, 16);

/** Signs claims as a JSON Web Token (RS256). */
export const signToken = async (store: Store, claims: Readonly<Record<string, unknown>>): Promise<string> => {
  const key = await signingKey(store);
  const part = (value: unknown) => base64Url(encoder.encode(JSON.stringify(value)));
  const text = `${part({ alg: "RS256", typ: "JWT", kid: keyIdOf(key.n) })}.${part(claims)}`;
  const imported = await crypto.subtle.importKey("jwk", key, algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign(algorithm, imported, encoder.encode(text));
  return `${text}.${base64Url(new Uint8Array(signature))}`;
};
