import { createSandbox } from "@tideway/sandbox";
import { listen } from "@tideway/sandbox/node";

/** Two people, and a service that may upload for all. */
export const ann = { userId: "aaaaaaaaaa", email: "ann@example.org", password: "correct horse" };
export const bob = { userId: "bbbbbbbbbb", email: "bob@example.org", password: "battery staple" };
export const service = { clientId: "clinic", secret: "the clinic's secret", service: true };

/** A reading, `minutes` after the first of them. */
export const reading = (minutes: number) => ({
  type: "cbg",
  time: new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString(),
  units: "mg/dL",
  value: 100 + (minutes % 50)
});

/** A sandbox behind a port. */
export const startSandbox = async () => {
  const sandbox = createSandbox({ users: [ann, bob], clients: [service, { clientId: "page" }] });
  const server = await listen(sandbox);
  /** The `time` of every datum that a user has, in order: one that is there twice comes twice. */
  const timesOf = async ({ userId, email, password }: typeof ann): Promise<ReadonlyArray<string>> => {
    const authorization = `Basic ${Buffer.from(`${email}:${password}`).toString("base64")}`;
    const login = await fetch(`${server.url}/auth/login`, { method: "POST", headers: { authorization } });
    const token = login.headers.get("x-tidepool-session-token")!;
    const answer = await fetch(`${server.url}/data/${userId}?type=cbg`, {
      headers: { "x-tidepool-session-token": token }
    });
    const datums = (await answer.json()) as ReadonlyArray<{ readonly time: string }>;
    return datums.map(({ time }) => new Date(time).toISOString()).sort();
  };
  return { url: server.url, timesOf, close: () => server.close() };
};
