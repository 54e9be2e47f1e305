import type { CollectionName, Document } from "../../nightscout/documents.ts";
import { createFakeSite, type FakeSite } from "../../nightscout/fake-nightscout.ts";
import type { VirtualTime } from "../engine/virtual-time.ts";

const minute = 60_000;
const hour = 60 * minute;
const step = 15 * minute;
const iso = (instant: number): string => new Date(instant).toISOString();

/** Equal in every run. */
const numbers = (seed: number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** A Nightscout site that people and apps use while it is read: data comes late, is edited, deleted, and dropped when it is old. */
export class LivingSite {
  readonly site: FakeSite;
  /** How many times something was edited, deleted, late, dropped. */
  readonly happened = { edited: 0, deleted: 0, late: 0, dropped: 0, unavailable: 0 };
  /** Whether it always answers. */
  isAwake = false;
  private readonly time: VirtualTime;
  private readonly end: number;
  private readonly random: () => number;
  private readonly token = "reader-0123456789abcdef";
  private made = 0;

  /** `end`: when all that is late has come. */
  constructor(time: VirtualTime, seed: number, end: number) {
    this.time = time;
    this.end = end;
    this.random = numbers(seed);
    this.site = createFakeSite({ now: time.now, tokens: { [this.token]: "readable" } });
    this.site.documents.writeByV1("profile", {
      startDate: "1970-01-01T00:00:00.000Z",
      created_at: iso(time.now() - 90 * 24 * hour),
      defaultProfile: "Default",
      store: { Default: { timezone: "Europe/Berlin", units: "mmol", basal: [{ time: "00:00", value: "0.5" }] } }
    });
    // What was there before anybody read it.
    for (let at = time.now() - 36 * hour; at < time.now(); at += step) this.step(at);
  }

  /** How to open it, as `openNightscout` takes it. */
  get login() {
    return { url: "https://site.example", token: this.token, fetch: this.fetch };
  }

  /** Lives on for a while, in steps of a quarter of an hour. */
  async live(until: number): Promise<void> {
    for (;;) {
      await this.time.sleep(step);
      if (this.time.now() >= until) return;
      this.step(this.time.now());
      this.change();
      if (this.random() < 0.02) this.site.authorization.expire();
    }
  }

  private step(instant: number): void {
    const { documents } = this.site;
    const reading = { type: "sgv", date: instant, sysTime: iso(instant), sgv: 80 + Math.floor(this.random() * 120) };
    // A sensor that was out of reach hands in what it has kept, hours later.
    if (this.random() < 0.1) this.handInLate("entries", reading);
    else documents.writeByV1("entries", { _id: `e${++this.made}`, ...reading });
    if (this.random() < 0.2) {
      const meal = {
        eventType: "Meal Bolus",
        created_at: iso(instant),
        insulin: 1 + Math.floor(this.random() * 5),
        carbs: 20
      };
      if (this.random() < 0.2) this.handInLate("treatments", meal);
      else documents.writeByV1("treatments", { _id: `m${++this.made}`, ...meal });
    }
    if (this.random() < 0.4) {
      const temp = { eventType: "Temp Basal", created_at: iso(instant), rate: Math.floor(this.random() * 4) / 2 };
      documents.writeByV1("treatments", { _id: `t${++this.made}`, ...temp, duration: 30 });
    }
  }

  private handInLate(name: CollectionName, document: Document): void {
    this.happened.late++;
    const delay = Math.min(Math.floor(this.random() * 20) * hour, this.end - this.time.now() - minute);
    void this.time
      .sleep(delay)
      .then(() => this.site.documents.writeByV1(name, { _id: `late${++this.made}`, ...document }))
      .catch(() => undefined);
  }

  private change(): void {
    const { documents } = this.site;
    const recent = documents.all.treatments.filter(
      ({ created_at: created }) => Date.parse(String(created)) > this.time.now() - 48 * hour
    );
    const one = recent[Math.floor(this.random() * recent.length)];
    if (one && this.random() < 0.15) {
      this.happened.edited++;
      const isTemp = one["eventType"] === "Temp Basal";
      documents.writeByV1("treatments", isTemp ? { ...one, duration: 15 } : { ...one, insulin: 0.5, carbs: 5 });
    }
    const other = recent[Math.floor(this.random() * recent.length)];
    if (other && this.random() < 0.1) {
      this.happened.deleted++;
      documents.deleteByV1("treatments", String(other["_id"]));
    }
    const entries = documents.all.entries;
    const reading = entries[entries.length - 1 - Math.floor(this.random() * 100)];
    if (reading && this.random() < 0.05) {
      this.happened.deleted++;
      documents.deleteByV1("entries", String(reading["_id"]));
    }
    if (this.random() < 0.1) {
      const before = entries.length + documents.all.treatments.length;
      documents.prune("entries", 4);
      documents.prune("treatments", 5);
      this.happened.dropped += before - entries.length - documents.all.treatments.length;
    }
  }

  /** The site over a network, which is down at times. */
  private readonly fetch = (url: string, { headers }: { readonly headers: Record<string, string> }) =>
    this.time.working(async () => {
      if (!this.isAwake && this.random() < 0.03) {
        this.happened.unavailable++;
        if (this.random() < 0.5) throw new TypeError("fetch failed");
        return new Response("The site is asleep.", { status: 503 });
      }
      const { pathname, searchParams } = new URL(url);
      const { status, body } = this.site.answer({ path: pathname, query: searchParams, headers });
      // Not through a stream: that takes turns of the event loop of which virtual time knows nothing.
      return Object.assign(new Response(null, { status }), { json: async () => structuredClone(body) });
    });
}
