import type { Exchange } from "../exchange.ts";

/** The one realm, named as the production's. */
export const realm = "tidepool";

/** Where login lives, as this request's client reaches it. */
export const issuerOf = ({ url }: Exchange): string => `${url.origin}/realms/${realm}`;

/** A JSON answer that nobody may keep. */
export const noStore = (status: number, value: unknown): Response =>
  new Response(JSON.stringify(value), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", pragma: "no-cache" }
  });

/** An error as OAuth tells it. */
export const oauthError = (status: number, error: string, description: string): Response =>
  noStore(status, { error, error_description: description });
