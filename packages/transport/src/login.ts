import { parseJson } from "./json.ts";

/** A login as it is kept: never handed out, only its token is. */
export interface Login {
  /** How it is renewed: by the platform's own route, by OIDC, or by asking anew. */
  readonly form: "session" | "oidc" | "service";
  readonly token: string;
  /** Milliseconds since 1970 by this machine's clock. */
  readonly obtainedAt: number;
  readonly expiresAt?: number;
  readonly refreshToken?: string;
  readonly issuer?: string;
  readonly clientId?: string;
}

/** From here on a login is renewed before it is used: a minute before its end, or a quarter of a short life. */
export const renewalDue = ({ obtainedAt, expiresAt }: Login): number =>
  expiresAt === undefined ? Infinity : expiresAt - Math.min(60_000, (expiresAt - obtainedAt) / 4);

/** Reads what `JSON.stringify` wrote; undefined for anything else, which is then as good as no login. */
export const readLogin = (text: string | undefined): Login | undefined => {
  const value = text === undefined ? undefined : (parseJson(text) as Partial<Login> | undefined | null);
  return typeof value?.token === "string" && typeof value.obtainedAt === "number" && typeof value.form === "string"
    ? (value as Login)
    : undefined;
};
