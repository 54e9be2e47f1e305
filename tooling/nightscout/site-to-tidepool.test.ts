import { createClient } from "@tideway/core";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { openNightscout } from "@tideway/sources/nightscout";
import { expect, it } from "vitest";
import { startFakeNightscout } from "./fake-nightscout.ts";

const minute = 60_000;
const day = 86_400_000;
const now = Date.UTC(2026, 10, 20, 12);
const secret = "a secret of some length";
const iso = (instant: number): string => new Date(instant).toISOString();

it("a site that was uploaded is sent once: again, only what came, changed or went", async () => {
  await using site = await startFakeNightscout({ now: () => now, secret });
  const { documents } = site;
  documents.writeByV1("profile", {
    startDate: "1970-01-01T00:00:00.000Z",
    created_at: iso(now - 90_000 * minute),
    defaultProfile: "Default",
    store: { Default: { timezone: "Europe/Berlin", units: "mmol", basal: [{ time: "00:00", value: "0.5" }] } }
  });
  for (let at = 0; at < 300; at++) {
    const instant = now - at * 5 * minute;
    documents.writeByV1("entries", { type: "sgv", date: instant, sysTime: iso(instant), sgv: 90 + (at % 60) });
  }
  for (let at = 0; at < 20; at++) {
    const created = iso(now - at * 60 * minute);
    documents.writeByV1("treatments", {
      _id: `b${at}`,
      eventType: "Meal Bolus",
      created_at: created,
      insulin: 1,
      carbs: 10
    });
    documents.writeByV1("treatments", {
      _id: `t${at}`,
      eventType: "Temp Basal",
      created_at: created,
      rate: 1,
      duration: 30
    });
  }
  const client = createClient({
    transport: createMemoryTransport(),
    userId: "0123456789",
    app: { name: "org.example.nightscout", version: "1.0.0" },
    ledger: createMemoryLedger()
  });
  const upload = (mirror = false) =>
    client.upload(() => openNightscout({ url: site.url, secret, fetch, now }), { mirror });

  // The last temporary basal has only begun: nothing of it was delivered.
  const whole = 1 + 300 + 20 * 2 + 19 + 19;
  expect(await upload()).toMatchObject({ read: whole, sent: whole, rejected: 0 });
  expect(await upload()).toMatchObject({ sent: 0, unchanged: whole });

  documents.writeByV1("treatments", {
    _id: "late",
    eventType: "Bolus",
    created_at: iso(now - 90 * minute),
    insulin: 2
  });
  documents.writeByV1("treatments", {
    _id: "b3",
    eventType: "Meal Bolus",
    created_at: iso(now - 180 * minute),
    insulin: 3
  });
  documents.deleteByV1("treatments", "b4");
  expect(await upload(true)).toMatchObject({ sent: 2, removed: 3 });
});

it("a site is mirrored within what it holds: what was deleted goes, what was pruned stays", async () => {
  await using site = await startFakeNightscout({ now: () => now, secret });
  for (let at = 0; at < 30; at++) {
    site.documents.writeByV1("entries", { type: "sgv", date: now - at * day, sysTime: iso(now - at * day), sgv: 120 });
    site.documents.writeByV1("treatments", {
      _id: `b${at}`,
      eventType: "Bolus",
      created_at: iso(now - at * day),
      insulin: 1
    });
  }
  const transport = createMemoryTransport();
  const client = createClient({
    transport,
    userId: "u",
    app: { name: "org.example.mirror", version: "1.0.0" },
    ledger: createMemoryLedger()
  });
  const mirror = async (more: { readonly since?: number } = {}) => {
    const opened = openNightscout({ url: site.url, now, secret, fetch, ...more });
    return client.upload(opened, { mirror: opened.mirrorWindows });
  };
  const { sessionId } = await mirror();
  const held = () => transport.stored(sessionId).length;
  expect(held()).toBe(60);
  site.documents.prune("entries", 20);
  site.documents.prune("treatments", 10);
  site.documents.deleteByV1("treatments", "b1");
  expect(await mirror({ since: now })).toMatchObject({ removed: 1 });
  expect(await mirror()).toMatchObject({ removed: 0 });
  expect(held()).toBe(59);
  site.documents.prune("treatments", -1);
  site.documents.prune("entries", -1);
  expect(await mirror()).toMatchObject({ read: 0, removed: 0 });
});

it("a mirror leaves the scheduled basals alone whose beginning the site has pruned", async () => {
  await using site = await startFakeNightscout({ now: () => now, secret });
  site.documents.writeByV1("profile", {
    startDate: "1970-01-01T00:00:00.000Z",
    created_at: iso(now - 90 * day),
    defaultProfile: "Default",
    store: { Default: { timezone: "Europe/Berlin", units: "mmol", basal: [{ time: "00:00", value: "0.5" }] } }
  });
  const write = (_id: string, hoursAgo: number, fields: object) =>
    site.documents.writeByV1("treatments", { _id, created_at: iso(now - hoursAgo * 60 * minute), ...fields });
  write("old-temp", 80, { eventType: "Temp Basal", rate: 1, duration: 30 });
  write("meal", 60, { eventType: "Meal Bolus", insulin: 2, carbs: 20 });
  write("temp", 10, { eventType: "Temp Basal", rate: 1, duration: 30 });
  write("removed", 5, { eventType: "Bolus", insulin: 1 });
  const transport = createMemoryTransport();
  const client = createClient({
    transport,
    userId: "u",
    app: { name: "org.example.mirror", version: "1.0.0" },
    ledger: createMemoryLedger()
  });
  const mirror = () => {
    const opened = openNightscout({ url: site.url, now, secret, fetch });
    return client.upload(opened, { mirror: opened.mirrorWindows });
  };
  const { sessionId } = await mirror();
  const basals = () =>
    transport
      .stored(sessionId)
      .filter(({ type }) => type === "basal")
      .map(({ origin }) => (origin as { readonly id: string }).id)
      .sort();
  const before = basals();
  expect(before.length).toBeGreaterThan(2);
  // The temporary basal that the scheduled one follows is gone; the meal after it is still there.
  site.documents.prune("treatments", 2.6);
  site.documents.deleteByV1("treatments", "removed");
  expect(await mirror()).toMatchObject({ removed: 1 });
  expect(basals()).toEqual(before);
});
