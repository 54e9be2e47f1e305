import type { IncomingDatum } from "./incoming-datum.ts";

const encoder = new TextEncoder();

/** A datum lacks a member that its identity is made of; the platform answers 500. */
export class IdentityMissing extends Error {
  readonly _tag = "IdentityMissing";
  constructor(member: string) {
    super(`A datum has no ${member}, of which its identity is made. Send one, or use another deduplicator.`);
  }
}

const ownFields = (datum: Readonly<Record<string, unknown>>): ReadonlyArray<unknown> => {
  switch (datum["type"]) {
    case "cbg":
    case "smbg":
    case "bloodKetone":
      return [datum["units"], datum["value"]];
    case "basal":
      return [datum["deliveryType"]];
    case "bolus":
    case "deviceEvent":
      return [datum["subType"]];
    default:
      return [];
  }
};

/** The time an identity is made of: as the client sent it, its fraction without trailing zeros. */
const identityTime = (sent: string): string =>
  sent.replace(",", ".").replace(/\.(\d*?)0*(?=Z|[+-])/, (_, digits: string) => (digits === "" ? "" : `.${digits}`));

/** Base64 of the SHA-256 of user, device or data set, time as sent, type and what the type adds. */
export const identityHash = async (
  userId: string,
  device: string,
  { datum, sentTime }: IncomingDatum
): Promise<string> => {
  const fields = [userId, device, identityTime(sentTime), datum.type, ...ownFields(datum)];
  if (device === "") throw new IdentityMissing("deviceId");
  const digest = await crypto.subtle.digest("SHA-256", encoder.encode(fields.join("|")));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
};
