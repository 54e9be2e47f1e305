import { createTransport, memoryTokenStore, storedLogin, storePasswordLogin } from "@tideway/transport";
import { assert, asyncProperty, constantFrom, infiniteStream, record, integer } from "fast-check";
import { expect, it } from "vitest";
import { testClock } from "../test-clock.ts";

type Weather = "fine" | "cut" | "down" | "failing" | "doubting";

/** A login service whose refresh tokens are good once: a second use ends the login, as rotation with reuse detection does. */
const strictService = (now: () => number, weather: () => Weather) => {
  let serial = 0;
  let access = "";
  let refresh = "";
  let until = 0;
  const counts = { renewals: 0, reuses: 0 };
  const issue = () => {
    serial += 1;
    [access, refresh, until] = [`access${serial}`, `refresh${serial}`, now() + 600_000];
    const headers = { "x-tidepool-session-token": `kc:${access}:${refresh}` };
    return Response.json({ userid: "ann", expires_at: Math.floor(until / 1000) }, { headers });
  };
  const date = () => new Date(now()).toUTCString();
  const answer = (request: Request): Response => {
    const { pathname } = new URL(request.url);
    if (pathname === "/auth/login" && request.method === "POST") return issue();
    const sky = weather();
    if (sky === "cut") throw new TypeError("fetch failed");
    if (sky === "down") return new Response("", { status: 503 });
    if (sky === "failing") return new Response("", { status: 500 });
    if (sky === "doubting") return new Response("", { status: 401 });
    const [, given, part] = (request.headers.get("x-tidepool-session-token") ?? "").split(":");
    if (pathname === "/auth/login") {
      if (part !== refresh) counts.reuses += 1;
      if (part !== refresh) return Response.json({ code: 401, reason: "none" }, { status: 401 });
      counts.renewals += 1;
      return issue();
    }
    if (given !== access || now() >= until) return new Response(null, { status: 401 });
    return Response.json({ userid: "ann" });
  };
  const fetch = (request: Request) =>
    new Promise<Response>((resolve) => resolve(answer(request))).then((response) => {
      if (!response.headers.has("date")) response.headers.set("date", date());
      return response;
    });
  return { fetch, counts };
};

it("keeps a login through days of short tokens and bad weather, and spends each renewal once", async () => {
  const skies = constantFrom<Weather>("fine", "fine", "fine", "cut", "down", "failing", "doubting");
  const cases = record({ skies: infiniteStream(skies), steps: infiniteStream(integer({ min: 1, max: 900_000 })) });
  await assert(
    asyncProperty(cases, async ({ skies, steps }) => {
      const clock = testClock();
      let bad = true;
      // A wrong 401 comes alone: two in a row are the truth.
      let last: Weather = "fine";
      const weather = () => {
        const next = bad ? (skies.next().value as Weather) : "fine";
        last = next === "doubting" && last === "doubting" ? "fine" : next;
        return last;
      };
      const service = strictService(clock.now, weather);
      const store = memoryTokenStore();
      const environment = { fetch: service.fetch };
      await storePasswordLogin({ environment, store, email: "ann@example.org", password: "p", clock });
      const transport = createTransport({ environment, credentials: storedLogin({ store }), clock });
      for (let step = 0; step < 300; step += 1) {
        await clock.advance(steps.next().value as number);
        const work = Promise.allSettled([transport.currentUser(), transport.currentUser()]);
        const done = work.then(() => true);
        while (!(await Promise.race([done, tick()]))) await clock.advance(1000);
      }
      bad = false;
      const work = transport.currentUser();
      const done = work.then(
        () => true,
        () => true
      );
      while (!(await Promise.race([done, tick()]))) await clock.advance(1000);
      expect((await work).userId).toBe("ann");
      expect(service.counts.reuses).toBe(0);
      expect(service.counts.renewals).toBeGreaterThan(50);
    }),
    { numRuns: 10 }
  );
});

/** False, after everything that is ready has run. */
const tick = () => new Promise<false>((resolve) => setTimeout(() => resolve(false), 0));
