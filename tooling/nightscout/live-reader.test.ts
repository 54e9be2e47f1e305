import { openSource } from "@tideway/sources";
import { describe, expect, it } from "vitest";
import type { Document } from "./documents.ts";
import { type FakeNightscoutOptions, startFakeNightscout } from "./fake-nightscout.ts";
import { readSite, type SiteDatum } from "./read-site.ts";

const minute = 60_000;
const day = 86_400_000;
const now = Date.UTC(2026, 10, 20, 12);
const token = "reader-0123456789abcdef";
const secret = "correct horse battery staple";

const iso = (instant: number): string => new Date(instant).toISOString();
const reading = (instant: number, sgv: number, more: Document = {}): Document => ({
  type: "sgv",
  date: instant,
  dateString: iso(instant),
  sysTime: iso(instant),
  sgv,
  direction: "Flat",
  device: "xDrip-DexcomG6",
  ...more
});
const bolus = (instant: number, insulin: number, more: Document = {}): Document => ({
  eventType: "Bolus",
  created_at: iso(instant),
  insulin,
  ...more
});

const start = (options: Partial<FakeNightscoutOptions> = {}) =>
  startFakeNightscout({
    now: () => now,
    secret,
    tokens: { [token]: "readable", "no-0123456789abcdef": "denied" },
    ...options
  });

const of = (datums: ReadonlyArray<SiteDatum>, type: string) => datums.filter((datum) => datum.type === type);
const timesOf = (datums: ReadonlyArray<SiteDatum>) => datums.map(({ time }) => time).sort();

describe("a live Nightscout site", () => {
  it.each([{ secret }, { token }, { token, api: "v3" as const }])(
    "is read whole, page by page, with %j",
    async (login) => {
      await using site = await start();
      for (let at = 0; at < 2500; at++) {
        site.documents.writeByV1("entries", reading(now - at * 5 * minute, 100 + (at % 80)));
        if (at % 5 === 0) site.documents.writeByV1("treatments", bolus(now - at * 5 * minute, 1));
      }
      const { datums, codes } = await readSite({ url: site.url, now, ...login, pageSize: 100 });
      expect(codes).toEqual([]);
      expect(of(datums, "cbg")).toHaveLength(2500);
      expect(of(datums, "bolus")).toHaveLength(500);
      const dump = JSON.stringify([...site.documents.all.entries, ...site.documents.all.treatments]);
      const file = { name: "dump.json", stream: () => new Blob([dump]).stream() };
      const ids: Array<string> = [];
      for await (const page of (await openSource([file], { now })).pages) {
        for (const entry of page) if ("datum" in entry) ids.push((entry.datum as SiteDatum).origin.id);
      }
      expect(datums.map(({ origin }) => origin.id).sort()).toEqual(ids.sort());
    }
  );

  it.each([{ secret }, { token, api: "v3" as const }])(
    "loses nothing where a page is smaller than a moment: %j",
    async (login) => {
      await using site = await start();
      for (let at = 0; at < 45; at++) {
        // Texts of one moment with and without milliseconds: by letters, they stand apart.
        const created = at % 2 === 0 ? iso(now - day) : iso(now - day).replace(".000Z", "Z");
        site.documents.writeByV1("treatments", bolus(now - day, 1 + at, { _id: `same${at}`, created_at: created }));
      }
      site.documents.writeByV1("treatments", bolus(now - 2 * day, 1));
      const { datums } = await readSite({ url: site.url, now, ...login, pageSize: 10 });
      expect(of(datums, "bolus")).toHaveLength(46);
    }
  );

  it("asks for dates at all times: the site would answer with four days", async () => {
    await using site = await start({ isPublic: true });
    site.documents.writeByV1("entries", reading(now - 300 * day, 120));
    site.documents.writeByV1("treatments", bolus(now - 200 * day, 2));
    const { datums } = await readSite({ url: `${site.url}/`, now });
    expect(datums.map(({ type }) => type)).toEqual(["cbg", "bolus"]);
    for (const { path, query } of site.asked) {
      if (!path.includes("profile"))
        expect([...query.keys()].some((name) => /\[(?:date|created_at)\]/u.test(name))).toBe(true);
    }
  });

  it("sends a secret as its hash and a token as what it is exchanged for, in headers only", async () => {
    await using site = await start();
    await readSite({ url: site.url, now, secret });
    expect(site.asked.every(({ headers }) => /^[0-9a-f]{40}$/u.test(String(headers["api-secret"])))).toBe(true);
    const before = site.asked.length;
    await readSite({ url: `${site.url}/?token=${token}`, now });
    const asked = site.asked.slice(before);
    expect(asked.filter(({ path }) => path.includes("/authorization/request/"))).toHaveLength(1);
    for (const { query, headers, path } of asked) {
      expect([...query.values()].join(" ")).not.toContain(token);
      if (!path.includes("/authorization/")) expect(headers["authorization"]).toMatch(/^Bearer eyJ/u);
    }
  });

  it.each<[string, object, object]>([
    ["a wrong secret", { secret: "wrong horse" }, { code: "unauthorized", status: 401, retryAfter: 5000 }],
    ["a wrong token", { token: "wrong-0123456789abcdef" }, { code: "unauthorized", retryAfter: 5000 }],
    ["a token that may not read", { token: "no-0123456789abcdef" }, { code: "forbidden", status: 403 }],
    ["no login", {}, { code: "unauthorized" }]
  ])("is asked once with %s, and the error holds no part of it", async (_what, login, expected) => {
    await using site = await start();
    const error = await readSite({ url: site.url, now, ...login }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ _tag: "NightscoutError", ...expected });
    expect(site.authorization.failures).toBeLessThan(2);
    const told = `${String(error)} ${(error as Error).stack ?? ""} ${JSON.stringify(error)}`;
    expect(told).not.toMatch(/wrong|0123456789abcdef|127\.0\.0\.1/u);
    expect((error as Error).cause).toBeUndefined();
  });

  it("exchanges the token anew where the first exchange has run out", async () => {
    await using site = await start();
    for (let at = 0; at < 30; at++) site.documents.writeByV1("entries", reading(now - at * 5 * minute, 120));
    let asked = 0;
    const { datums } = await readSite({
      url: site.url,
      now,
      token,
      pageSize: 10,
      fetch: (url, init) => {
        if (++asked === 5) site.authorization.expire();
        return fetch(url, init);
      }
    });
    expect(datums).toHaveLength(30);
    expect(site.asked.filter(({ path }) => path.includes("/authorization/request/"))).toHaveLength(2);
  });

  it("gives treatments by either date, however they were written, and both halves of a pre-bolus", async () => {
    for (const api of ["v1", "v3"] as const) {
      await using site = await start();
      site.documents.writeByV3("treatments", { identifier: "A", date: now - day, eventType: "Bolus", insulin: 1 });
      site.documents.writeByV3("treatments", {
        ...bolus(now - 2 * day, 2),
        identifier: "B",
        date: now - 2 * day
      });
      site.documents.writeByV1("treatments", {
        eventType: "Meal Bolus",
        created_at: iso(now - 3 * day),
        insulin: 3,
        carbs: 30,
        preBolus: 15
      });
      const { datums } = await readSite({ url: site.url, now, token, api });
      expect(timesOf(of(datums, "bolus"))).toEqual([iso(now - 3 * day), iso(now - 2 * day), iso(now - day)]);
      expect(timesOf(of(datums, "food"))).toEqual([iso(now - 3 * day + 15 * minute)]);
    }
  });

  it("tells readings of two uploaders once, though pages end between them", async () => {
    await using site = await start();
    for (let at = 0; at < 40; at++) {
      const instant = now - at * 5 * minute;
      site.documents.writeByV1("entries", reading(instant, 100 + at));
      site.documents.writeByV1("entries", reading(instant - 1500, 100 + at, { device: "share2" }));
    }
    for (const pageSize of [1, 7, 1000]) {
      const { datums, source } = await readSite({ url: site.url, now, secret, pageSize });
      expect(of(datums, "cbg")).toHaveLength(40);
      expect(new Set(datums.map(({ deviceId }) => deviceId))).toEqual(new Set(["xDrip-DexcomG6"]));
      expect(source.notes.notMapped.get("reading by share2 that was kept from xDrip-DexcomG6")).toBe(40);
    }
  });

  it("leaves out equivalents of fat and protein, though each is on a page of its own", async () => {
    await using site = await start();
    for (const hours of [1, 2, 3]) {
      const created = iso(now - day + hours * 60 * minute);
      const fields = { eventType: "Carb Correction", created_at: created, enteredBy: "Trio" };
      site.documents.writeByV1("treatments", { ...fields, _id: `f${hours}`, id: "fpu", carbs: 15 });
    }
    site.documents.writeByV1("treatments", bolus(now - day, 4, { carbs: 40, fat: 20, id: "meal" }));
    const { datums } = await readSite({ url: site.url, now, secret, pageSize: 2 });
    expect(of(datums, "food")).toMatchObject([{ nutrition: { carbohydrate: { net: 40 } } }]);
  });

  it("finds what came late, was changed or deleted, by reading three days once more", async () => {
    await using site = await start();
    for (let at = 0; at < 10; at++) site.documents.writeByV1("treatments", bolus(now - at * day, 1, { _id: `b${at}` }));
    const first = await readSite({ url: site.url, now, token });
    expect(of(first.datums, "bolus")).toHaveLength(10);
    site.documents.writeByV1("treatments", bolus(now - 2 * day, 5, { _id: "b2" }));
    site.documents.writeByV1("treatments", bolus(now - 2.5 * day, 7, { _id: "late" }));
    site.documents.deleteByV3("treatments", "b1");
    site.documents.deleteByV3("treatments", "b8");
    const second = await readSite({ url: site.url, now: now + 1, token, since: now });
    const amounts = Object.fromEntries(of(second.datums, "bolus").map(({ origin, normal }) => [origin.id, normal]));
    expect(amounts).toMatchObject({ "nightscout:b2:bolus": 5, "nightscout:late:bolus": 7 });
    expect(amounts).not.toHaveProperty("nightscout:b1:bolus");
    expect(amounts).not.toHaveProperty("nightscout:b9:bolus");
    // The first is seen in the overlap, the other one in the history only.
    expect([...second.source.deleted].sort()).toEqual(["nightscout:b1:bolus", "nightscout:b8:bolus"]);
  });

  it("tells nothing as deleted that is there in another document", async () => {
    await using site = await start();
    site.documents.writeByV1("treatments", bolus(now - day, 2, { _id: "old", id: "A", isValid: false }));
    site.documents.writeByV1("treatments", bolus(now - 60 * minute, 2, { _id: "new", id: "A" }));
    const { datums, source } = await readSite({ url: site.url, now, token, since: now, pageSize: 1 });
    expect(of(datums, "bolus")).toHaveLength(1);
    expect(source.deleted.size).toBe(0);
  });

  it("says what the site still holds, so that a mirror keeps what was pruned", async () => {
    await using site = await start();
    for (let at = 0; at < 100; at++) {
      site.documents.writeByV1("entries", reading(now - at * day, 120));
      site.documents.writeByV1("treatments", bolus(now - at * day, 1));
    }
    const whole = await readSite({ url: site.url, now, secret });
    expect(whole.source.held).toEqual({
      entries: { from: now - 99 * day, to: now },
      treatments: { from: now - 99 * day, to: now }
    });
    site.documents.prune("entries", 60);
    site.documents.prune("treatments", -1);
    const pruned = await readSite({ url: site.url, now, secret });
    expect(pruned.source.held).toEqual({ entries: { from: now - 60 * day, to: now }, treatments: undefined });
    const part = await readSite({ url: site.url, now, secret, since: now - 10 * day, overlap: day });
    expect(part.source.held.entries).toEqual({ from: now - 11 * day, to: now });
  });

  it("makes a timeline of basals from the profiles and switches of all times", async () => {
    await using site = await start();
    const store = (value: number) => ({ timezone: "Europe/Berlin", units: "mg/dl", basal: [{ time: "00:00", value }] });
    for (let at = 0; at < 15; at++) {
      site.documents.writeByV1("profile", {
        startDate: iso(now - (400 - at) * day),
        defaultProfile: "Day",
        store: { Day: store(0.5), Night: store(0.2) }
      });
    }
    site.documents.writeByV1("treatments", {
      eventType: "Profile Switch",
      created_at: iso(now - 300 * day),
      profile: "Night"
    });
    for (const at of [60, 120]) {
      site.documents.writeByV1("treatments", {
        eventType: "Temp Basal",
        created_at: iso(now - at * minute),
        rate: 1,
        duration: 30,
        enteredBy: "Loop"
      });
    }
    const { datums } = await readSite({ url: site.url, now, secret, since: now - day });
    expect(of(datums, "pumpSettings")).toHaveLength(15);
    expect(of(datums, "basal").map(({ deliveryType, rate, duration }) => [deliveryType, rate, duration])).toEqual([
      ["automated", 1, 30 * minute],
      ["scheduled", 0.2, 30 * minute],
      ["automated", 1, 30 * minute]
    ]);
  });

  it("is read without API v3, which is said", async () => {
    await using site = await start({ hasV3: false });
    site.documents.writeByV1("treatments", bolus(now, 1));
    const { datums, source } = await readSite({ url: site.url, now, token });
    expect(datums).toHaveLength(1);
    expect(source.notes.warnings).toMatchObject([{ code: "no-v3" }]);
  });

  it("takes the errors of ky for the answers that they hold", async () => {
    await using site = await start();
    const fetchLikeKy = async (...asked: Parameters<typeof fetch>) => {
      const response = await fetch(...asked);
      if (!response.ok) throw Object.assign(new Error(`Request failed: ${String(asked[0])}`), { response });
      return response;
    };
    await expect(
      readSite({ url: site.url, now, secret: "wrong", fetch: (url, init) => fetchLikeKy(url, init) })
    ).rejects.toMatchObject({ code: "unauthorized" });
  });

  it.each([
    ["a web page", () => new Response("<html></html>"), "not-nightscout"],
    ["another service", () => Response.json({ hello: "world" }), "not-nightscout"],
    ["a sleeping host", () => new Response("", { status: 503 }), "unavailable"],
    ["nobody", () => Promise.reject(new TypeError("fetch failed https://x.example")), "unreachable"]
  ])("is told from %s", async (_what, answer, code) => {
    const reading = readSite({ url: "https://x.example", now, fetch: async () => answer() });
    await expect(reading).rejects.toMatchObject({ _tag: "NightscoutError", code });
  });

  it("refuses options that cannot be meant, before anything is asked", async () => {
    for (const options of [
      { url: "x.example" },
      { url: "ftp://x.example" },
      { url: "https://me:pass@x.example" },
      { token, secret },
      { api: "v3" as const, secret },
      { pageSize: 2000 },
      { overlap: -1 },
      { token: "a b" }
    ]) {
      await expect(readSite({ url: "https://x.example", now, ...options })).rejects.toMatchObject({
        _tag: "InvalidOption"
      });
    }
  });

  it("stops where it is aborted", async () => {
    await using site = await start();
    const abort = new AbortController();
    abort.abort(new Error("enough"));
    await expect(readSite({ url: site.url, now, secret, signal: abort.signal })).rejects.toThrow("enough");
  });
});
