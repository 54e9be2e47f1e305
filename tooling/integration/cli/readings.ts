import type { Listening } from "@tideway/sandbox/node";

/** Somebody with an account. */
export const ann = { userId: "aaaaaaaaaa", email: "ann@example.org", password: "a secret", tokens: ["anns-token"] };

/** One reading of a sensor, as it is written to Tidepool. */
export const reading = (index: number, value = 100) => ({
  type: "cbg",
  time: new Date(Date.UTC(2026, 2, 1) + index * 300_000).toISOString(),
  units: "mg/dL",
  value,
  deviceId: "sensor-1",
  origin: { id: `reading-${index}`, name: "org.example.test", type: "application" }
});

/** The first so many of them. */
export const readings = (count: number) => Array.from({ length: count }, (_, index) => reading(index));

/** The environment of a run that is Ann's. */
export const asAnn = ({ url }: Listening) => ({ TIDEWAY_API: url, TIDEPOOL_TOKEN: "anns-token" });

interface Stored {
  readonly value: number;
  readonly origin: { readonly id: string };
}

/** Ann's readings in her session of an app. */
const stored = async ({ url }: Listening, client: string): Promise<ReadonlyArray<Stored>> => {
  const headers = { "X-Tidepool-Session-Token": "anns-token" };
  const sets = await fetch(`${url}/v1/users/${ann.userId}/data_sets?client.name=${client}`, { headers });
  const [session] = (await sets.json()) as ReadonlyArray<{ readonly uploadId: string }>;
  if (session === undefined) return [];
  const data = await fetch(`${url}/data/${ann.userId}?uploadId=${session.uploadId}&type=cbg`, { headers });
  return (await data.json()) as ReadonlyArray<Stored>;
};

/** The origin ids of Ann's readings in her session of an app, sorted. */
export const storedIds = async (server: Listening, client: string): Promise<ReadonlyArray<string>> =>
  (await stored(server, client)).map(({ origin }) => origin.id).sort();

/** Their values in whole mg/dL. */
export const storedValues = async (server: Listening, client: string): Promise<ReadonlyArray<number>> =>
  (await stored(server, client)).map(({ value }) => Math.round(value * 18.01559));
