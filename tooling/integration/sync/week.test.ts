import { createHash } from "node:crypto";
import { createMemoryLedger, type Datum } from "@tideway/core";
import { Ledger, synchronize, type SyncPass, type SyncSource, type Target, Transport } from "@tideway/core/effect";
import { createSandbox } from "@tideway/sandbox";
import { normalize } from "@tideway/schemas";
import { nightscoutSyncSource, openNightscout } from "@tideway/sources/nightscout";
import { createTransport, passwordLogin } from "@tideway/transport";
import { Clock } from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Random from "effect/Random";
import { expect, it, vi } from "vitest";
import { VirtualTime } from "../engine/virtual-time.ts";
import { LivingSite } from "./living-site.ts";

const hour = 3_600_000;
const day = 24 * hour;
// As the command line does by itself with `TIDEWAY_SYNC_MINUTES=5`; a third of that in an ordinary run of the tests.
const every = Number(process.env["TIDEWAY_SYNC_MINUTES"] ?? 15) * 60_000;
const person = { userId: "5ada5ada55", email: "week@tideway.example", password: "a password of hers" };
const target: Target = { userId: person.userId, app: { name: "org.example.sync", version: "1.0.0" } };

/** What the session should hold of what the site has now, by type and origin id. */
const holdingsOf = async (living: LivingSite, now: number): Promise<Map<string, string>> => {
  const expected = new Map<string, string>();
  let count = 0;
  const newId = () => String(++count).padStart(32, "0");
  for await (const page of openNightscout({ ...living.login, now }).pages) {
    for (const entry of page) {
      if (!("datum" in entry)) continue;
      for (const stored of normalize(entry.datum as Datum, { newId })) {
        const { type, time, origin } = stored as unknown as StoredMembers;
        expected.set(`${type} ${origin.id}`, `${time.slice(0, 19)} ${amountOf(stored)}`);
      }
    }
  }
  return expected;
};

interface StoredMembers {
  readonly type: string;
  readonly time: string;
  readonly origin: { readonly id: string };
}

const amounts = ["value", "rate", "normal", "duration", "carbInput", "deliveryType"];
const amountOf = (stored: object): string =>
  JSON.stringify(amounts.map((name) => (stored as Readonly<Record<string, unknown>>)[name]));

// More of them: `TIDEWAY_WEEKS=20`.
it.each(Array.from({ length: Number(process.env["TIDEWAY_WEEKS"] ?? 1) }, (_, index) => index + 1))(
  "a week of syncing ends with the server equal to the source (%i)",
  { timeout: 900_000 },
  async (seed) => {
    const time = new VirtualTime();
    // Here rather than in another thread, of which virtual time knows nothing.
    vi.spyOn(crypto.subtle, "digest").mockImplementation(async (_sha256, data) => {
      const bytes = ArrayBuffer.isView(data)
        ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
        : Buffer.from(data);
      return new Uint8Array(createHash("sha256").update(bytes).digest()).buffer;
    });
    const sandbox = createSandbox({
      users: [person],
      sessionLifetime: day,
      runtime: { now: time.now, sleep: time.sleepInside },
      faultSeed: seed,
      faults: [
        { effect: { kind: "status", status: 503, retryAfter: 2 }, probability: 0.02 },
        { effect: { kind: "status", status: 500 }, probability: 0.02, on: "POST *" },
        { effect: { kind: "status", status: 504, when: "after" }, probability: 0.01, on: "*/data" },
        { effect: { kind: "reset", when: "after" }, probability: 0.01 }
      ]
    });
    const transport = createTransport({
      environment: { fetch: (request) => time.working(() => sandbox.fetch(request)), url: "http://week.localhost" },
      credentials: passwordLogin(person),
      clock: { now: time.now, sleep: (ms, signal) => time.sleep(ms, signal).catch(() => undefined) }
    });
    const living = new LivingSite(time, seed, time.now() + 7 * day);
    const passes: Array<SyncPass> = [];
    const source = nightscoutSyncSource(living.login);
    // What still runs is cut off at the moment of the pass.
    let readAt = 0;
    const observed: SyncSource = {
      ...source,
      open: (request) => {
        readAt = request.now;
        return source.open(request);
      }
    };
    const run = (every?: number) =>
      synchronize(target, [observed], {
        mirror: true,
        memory,
        onPass: (pass) => void passes.push(pass),
        ...(every === undefined ? {} : { every })
      }).pipe(
        Effect.provideService(Transport, transport),
        Effect.provideService(Ledger, ledger),
        Effect.provideService(Clock, time.clock),
        Random.withSeed(`week ${seed}`)
      );
    const ledger = createMemoryLedger();
    const known = new Map();
    const memory = {
      get: (name: string) => known.get(name),
      set: (name: string, at: unknown) => void known.set(name, at)
    };

    const began = time.now();
    const stop = new AbortController();
    const watching = Effect.runPromiseExit(run(every), { signal: stop.signal });
    for (let hours = 1; hours <= 7 * 24; hours++) await time.until(living.live(began + hours * hour));
    stop.abort();
    await time.until(watching);
    sandbox.faults.clear();
    living.isAwake = true;
    await time.until(Effect.runPromise(run()));

    const expected = await holdingsOf(living, readAt);
    const { entries, treatments } = living.site.documents.all;
    const oldest = Math.min(
      ...entries.map(({ date }) => Number(date)),
      ...treatments.map(({ created_at: at }) => Date.parse(String(at)))
    );
    const stored = new Map<string, string>();
    const doubled: Array<string> = [];
    let older = 0;
    for await (const datum of transport.readData(person.userId, {})) {
      const members = datum as unknown as StoredMembers;
      if (members.type === "upload") continue;
      const key = `${members.type} ${members.origin.id}`;
      if (stored.has(key)) doubled.push(key);
      if (!expected.has(key) && Date.parse(members.time) < oldest + day) older++;
      else stored.set(key, `${members.time.slice(0, 19)} ${amountOf(datum)}`);
    }
    expect(doubled).toEqual([]);
    const missing = [...expected.keys()].filter((key) => !stored.has(key));
    const extra = [...stored].filter(([key]) => !expected.has(key));
    const different = [...expected].filter(([key, what]) => stored.has(key) && stored.get(key) !== what);
    expect({ missing, extra, different }).toEqual({ missing: [], extra: [], different: [] });
    // What the site has dropped is still in Tidepool.
    expect(older).toBeGreaterThan(100);
    expect(living.happened).toMatchObject({
      edited: expect.any(Number),
      dropped: expect.any(Number)
    });
    for (const count of Object.values(living.happened)) expect(count).toBeGreaterThan(5);
    expect(passes.filter(({ outcome }) => outcome === "failed").length).toBeGreaterThan(5);
    expect(passes.length).toBeGreaterThan(600);
  }
);
