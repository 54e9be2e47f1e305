import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { startFakeNightscout } from "./fake-nightscout.ts";

const now = Date.UTC(2026, 10, 20, 12);
const day = 86_400_000;
const secret = "a secret of some length";
const token = "reader-0123456789abcdef";
const iso = (instant: number): string => new Date(instant).toISOString();
const hash = (algorithm: string) => ({ "api-secret": createHash(algorithm).update(secret).digest("hex") });

type Documents = ReadonlyArray<Record<string, unknown>>;

/** What is known of cgm-remote-monitor 15.0.7, by its source and by reports. */
describe("the fake Nightscout site", () => {
  const start = (delay = 0) => startFakeNightscout({ now: () => now, secret, tokens: { [token]: "readable" }, delay });
  const get = async (url: string, headers: Record<string, string> = hash("sha1")) =>
    (await (await fetch(url, { headers })).json()) as Documents;

  it("answers API v1 with ten entries, newest first, and 100 or 1,000 treatments", async () => {
    await using site = await start();
    for (let at = 0; at < 1200; at++) {
      site.documents.writeByV1("entries", { type: "sgv", date: now - at * 1000, sysTime: iso(now - at * 1000) });
      site.documents.writeByV1("treatments", { eventType: "Note", created_at: iso(now - at * 1000) });
    }
    const entries = await get(`${site.url}/api/v1/entries.json`);
    expect(entries.map(({ date }) => date)).toEqual(Array.from({ length: 10 }, (_, at) => now - at * 1000));
    expect(await get(`${site.url}/api/v1/treatments.json`)).toHaveLength(100);
    expect(await get(`${site.url}/api/v1/treatments.json?find[eventType]=Note`)).toHaveLength(1000);
    expect(await get(`${site.url}/api/v1/treatments.json?find[eventType]=Note&count=1100`)).toHaveLength(1100);
  });

  it("limits API v1 to four days where no date is asked for, and repairs a plus", async () => {
    await using site = await start();
    for (const age of [1, 5]) {
      site.documents.writeByV1("entries", { type: "sgv", date: now - age * day, sysTime: iso(now - age * day) });
      site.documents.writeByV1("treatments", { eventType: "Note", created_at: iso(now - age * day) });
    }
    expect(await get(`${site.url}/api/v1/entries.json?count=100`)).toHaveLength(1);
    expect(await get(`${site.url}/api/v1/treatments.json?count=100`)).toHaveLength(1);
    expect(await get(`${site.url}/api/v1/entries.json?count=100&find[date][$gte]=0`)).toHaveLength(2);
    const from = "2026-11-01T00:00:00+02:00";
    expect(await get(`${site.url}/api/v1/treatments.json?find[created_at][$gte]=${from}`)).toHaveLength(2);
  });

  it("goes on answering API v1 with what is deleted, and v3 without", async () => {
    await using site = await start();
    site.documents.writeByV3("treatments", { identifier: "A", date: now, created_at: iso(now), eventType: "Note" });
    site.documents.deleteByV3("treatments", "A");
    expect(await get(`${site.url}/api/v1/treatments.json`)).toMatchObject([{ isValid: false }]);
    const { token: bearer } = (await (await fetch(`${site.url}/api/v2/authorization/request/${token}`)).json()) as {
      token: string;
    };
    const headers = { authorization: `Bearer ${bearer}` };
    const v3 = async (path: string) =>
      (await (await fetch(`${site.url}/api/v3/${path}`, { headers })).json()) as object;
    expect(await v3("treatments")).toEqual({ status: 200, result: [] });
    expect(await v3(`treatments/history/${now - 1}`)).toMatchObject({ result: [{ identifier: "A", isValid: false }] });
    // Later than, and not from: what was changed in that millisecond is left out, and so is what API v1 wrote.
    site.documents.writeByV1("treatments", { eventType: "Note", created_at: iso(now) });
    expect(await v3(`treatments/history/${now}`)).toEqual({ status: 200, result: [] });
    expect(await v3("treatments?limit=1001")).toMatchObject({ status: 400 });
  });

  it("replaces by identifier, _id, or time and kind, and parts a bolus from its later meal", async () => {
    await using site = await start();
    const { documents } = site;
    documents.writeByV1("treatments", { eventType: "Bolus", created_at: iso(now), insulin: 1 });
    documents.writeByV1("treatments", { eventType: "Bolus", created_at: iso(now), insulin: 2 });
    documents.writeByV1("treatments", {
      eventType: "Meal Bolus",
      created_at: iso(now),
      insulin: 2,
      carbs: 9,
      preBolus: 15
    });
    expect(documents.all.treatments.map(({ insulin, carbs, created_at: at }) => [insulin, carbs, at])).toEqual([
      [2, undefined, iso(now)],
      [2, undefined, iso(now)],
      [undefined, 9, iso(now + 900_000)]
    ]);
    documents.prune("treatments", 0);
    expect(documents.all.treatments).toHaveLength(3);
    documents.prune("treatments", -1);
    expect(documents.all.treatments).toHaveLength(0);
  });

  it("takes the secret as SHA-1 or SHA-512 for v1 only, and answers later after each failure", async () => {
    await using site = await start(60);
    const status = async (path: string, headers: Record<string, string>) =>
      (await fetch(`${site.url}/api/${path}`, { headers })).status;
    expect(await status("v1/entries.json", hash("sha1"))).toBe(200);
    expect(await status("v1/entries.json", hash("sha512"))).toBe(200);
    expect(await status("v3/entries", hash("sha1"))).toBe(401);
    expect(await status("v1/entries.json", { "api-secret": secret })).toBe(401);
    expect(await status("v1/entries.json", { "api-secret": secret })).toBe(401);
    const before = performance.now();
    expect(await status("v1/entries.json", hash("sha1"))).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(110);
  });
});
