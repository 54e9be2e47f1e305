import { serverTime } from "../server-time.ts";

/** What a checked update changes: members that are there, times as the server writes them. */
export function normalizeDataSetUpdate(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const members = Object.entries(body).filter(([, value]) => value !== null);
  return Object.fromEntries(
    members.map(([name, value]) => [name, name === "time" ? serverTime(Date.parse(String(value))) : value])
  );
}
