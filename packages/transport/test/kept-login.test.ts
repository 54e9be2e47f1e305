import {
  createTransport,
  fixedToken,
  memoryTokenStore,
  passwordLogin,
  storedLogin,
  storePasswordLogin
} from "@tideway/transport";
import { expect, it } from "vitest";
import { usePlatform } from "./platform/control.ts";
import { inBrowser } from "./platform/start.ts";
import { testClock } from "./test-clock.ts";

const platform = usePlatform();
const email = "ann@example.org";
const password = "correct horse";
const users = { ann: { email, password } };
const hour = 3_600_000;

/** A transport that is logged in, with the server having seen nothing yet. */
const loggedIn = async ({ life = 600, clock = testClock(), store = memoryTokenStore() } = {}) => {
  await platform.set({ users, life });
  await storePasswordLogin({ environment: platform.url, store, email, password, clock });
  const credentials = storedLogin({ store });
  const transport = createTransport({ environment: platform.url, credentials, clock });
  return { transport, clock, store, read: async () => (await store.read(transport.server)) ?? "" };
};
const caught = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error as Record<string, unknown>
  );
const renewals = async () =>
  (await platform.seen()).filter(({ method, path }) => method === "GET" && path === "/auth/login").length;
const logins = async () =>
  (await platform.seen()).filter(({ method, path }) => method === "POST" && path === "/auth/login").length;

// A browser makes six at a time: a thousand of its requests only take longer.
const many = inBrowser ? 200 : 1000;

it(`renews once for ${many} requests that come at once with an expired token`, async () => {
  const { transport, clock } = await loggedIn();
  await clock.advance(hour);
  const users = await Promise.all(Array.from({ length: many }, () => transport.currentUser()));
  expect(users).toHaveLength(many);
  expect(await renewals()).toBe(1);
});

it(`renews once for ${many} requests that the server refuses at once`, async () => {
  const { transport } = await loggedIn();
  await platform.change({ tokens: {}, slow: 50 });
  await Promise.all(Array.from({ length: many }, () => transport.currentUser()));
  expect(await renewals()).toBe(1);
});

it("renews a minute ahead of the end, not before", async () => {
  const { transport, clock } = await loggedIn({ life: 600 });
  await clock.advance(539_000);
  await transport.currentUser();
  expect(await renewals()).toBe(0);
  await clock.advance(1000);
  await transport.currentUser();
  expect(await renewals()).toBe(1);
  await clock.advance(539_000);
  await transport.currentUser();
  expect(await renewals()).toBe(1);
});

it("has the new token in the store before it is used", async () => {
  const inner = memoryTokenStore();
  const steps: Array<string> = [];
  const store = {
    ...inner,
    write: async (key: string, text: string) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      steps.push(
        `saved, ${(await platform.seen()).filter(({ path }) => path === "/auth/user").length} requests so far`
      );
      await inner.write(key, text);
    }
  };
  const { transport, clock } = await loggedIn({ store });
  await clock.advance(hour);
  await Promise.all([transport.currentUser(), transport.currentUser()]);
  expect(steps).toEqual(["saved, 0 requests so far", "saved, 0 requests so far"]);
});

it("uses a renewed token only once it could be saved, and does not lose it meanwhile", async () => {
  const inner = memoryTokenStore();
  let full = false;
  const store = {
    ...inner,
    place: "a full disk",
    write: async (key: string, text: string) => {
      if (full) throw Object.assign(new Error("no space"), { code: "ENOSPC" });
      await inner.write(key, text);
    }
  };
  const { transport, clock } = await loggedIn({ store });
  await clock.advance(hour);
  full = true;
  for (let times = 0; times < 2; times += 1) {
    const error = await caught(transport.currentUser());
    expect(error["message"]).toBe(
      "The login cannot be written to a full disk (ENOSPC). Make it readable and writable for this program, then try again."
    );
  }
  full = false;
  expect((await transport.currentUser()).userId).toBe("ann");
  expect(await renewals()).toBe(1);
});

it.each([
  ["the network breaks", { cut: "before" as const }, "Unanswered"],
  ["the login service is down", { status: 503 }, "Throttled"],
  ["the login service fails", { status: 500 }, "ServerFailed"],
  ["a portal answers", { status: 200, body: "<html>" }, "UnexpectedAnswer"]
])("keeps the login when %s during the renewal", async (_, answer, tag) => {
  const { transport, clock, read } = await loggedIn();
  const before = await read();
  await clock.advance(hour);
  // More than once: a browser asks again by itself where a kept connection breaks.
  await platform.change({ scripted: [{ on: "GET /auth/login", ...answer, times: 50 }] });
  expect(await caught(transport.currentUser())).toMatchObject({ _tag: tag });
  expect(await read()).toBe(before);
  await platform.change({ scripted: [] });
  expect((await transport.currentUser()).userId).toBe("ann");
});

it("goes on with a token that still holds when renewing it ahead of time fails, and tries again a little later", async () => {
  const { transport, clock } = await loggedIn({ life: 600 });
  await clock.advance(545_000);
  await platform.change({ scripted: [{ on: "GET /auth/login", status: 503 }] });
  for (let times = 0; times < 5; times += 1) await transport.currentUser();
  expect(await renewals()).toBe(1);
  await clock.advance(15_000);
  await transport.currentUser();
  expect(await renewals()).toBe(2);
});

it("believes the end of a login only when it is told twice, then says so and stops asking", async () => {
  const { transport, clock, read } = await loggedIn();
  await clock.advance(hour);
  await platform.change({ refreshes: {} });
  const work = caught(transport.currentUser());
  while (!clock.sleeping().includes(1000)) await new Promise((resolve) => setTimeout(resolve, 5));
  await clock.advance(1000);
  expect(await work).toMatchObject({
    _tag: "Unauthenticated",
    message: expect.stringMatching(/ended.*Log in again\.$/)
  });
  expect(await renewals()).toBe(2);
  expect(await read()).toBe("");
  expect(await caught(transport.currentUser())).toMatchObject({
    message: expect.stringMatching(/no login.*Log in first\.$/)
  });
  expect(await renewals()).toBe(2);
});

it("does not end a login for one wrong 401 of the login service", async () => {
  const { transport, clock } = await loggedIn();
  await clock.advance(hour);
  await platform.change({ scripted: [{ on: "GET /auth/login", status: 401 }] });
  const work = transport.currentUser();
  while (!clock.sleeping().includes(1000)) await new Promise((resolve) => setTimeout(resolve, 5));
  await clock.advance(1000);
  expect((await work).userId).toBe("ann");
});

it("retries a 401 once before it is believed, also with a token that cannot be renewed", async () => {
  const clock = testClock();
  const transport = createTransport({ environment: platform.url, credentials: fixedToken("token-ann"), clock });
  const unauthenticated = JSON.stringify({
    code: "unauthenticated",
    title: "authentication token is invalid",
    detail: "d"
  });
  const scripted = [{ on: "GET /v1/users", status: 401, body: unauthenticated }];
  await platform.set({ tokens: { "token-ann": "ann" }, scripted });
  const work = transport.listDataSets("ann", {});
  while (!clock.sleeping().includes(1000)) await new Promise((resolve) => setTimeout(resolve, 5));
  await clock.advance(1000);
  expect(await work).toEqual([]);

  await platform.set({ scripted: [] });
  const refused = caught(transport.listDataSets("ann", {}));
  while (!clock.sleeping().includes(1000)) await new Promise((resolve) => setTimeout(resolve, 5));
  await clock.advance(1000);
  expect(await refused).toMatchObject({ _tag: "Unauthenticated", message: expect.stringContaining("Log in again.") });
});

it("takes a second 401 for the server's failure where the login service confirms the login", async () => {
  const { transport } = await loggedIn();
  await platform.change({ scripted: [{ on: "GET /v1/users", status: 401, times: 2 }] });
  expect(await caught(transport.listDataSets("ann", {}))).toMatchObject({ _tag: "ServerFailed", status: 401 });
  expect(await transport.listDataSets("ann", {})).toEqual([]);
});

it("renews for reading data, too, where a token that ended is told as a missing right", async () => {
  const { transport } = await loggedIn();
  await platform.change({ tokens: {} });
  for await (const datum of transport.readData("ann", {})) expect(datum).toBeUndefined();
  expect(await renewals()).toBe(1);
  await expect(transport.readData("bob", {})[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    _tag: "Forbidden"
  });
  expect(await renewals()).toBe(1);
});

it("logs in anew with a password where the session cannot be renewed, and tries a refused password once only", async () => {
  await platform.set({ users });
  const clock = testClock();
  const transport = createTransport({
    environment: platform.url,
    credentials: passwordLogin({ email, password }),
    clock
  });
  await transport.currentUser();
  await platform.change({ refreshes: {}, tokens: {} });
  const work = transport.currentUser();
  while (!clock.sleeping().includes(1000)) await new Promise((resolve) => setTimeout(resolve, 5));
  await clock.advance(1000);
  expect((await work).userId).toBe("ann");
  expect(await logins()).toBe(2);

  const wrong = createTransport({
    environment: platform.url,
    credentials: passwordLogin({ email, password: "guess" })
  });
  const errors = await Promise.all(Array.from({ length: 50 }, () => caught(wrong.currentUser())));
  for (const error of errors) expect(error).toMatchObject({ _tag: "Unauthenticated" });
  expect(errors[0]?.["message"]).toContain("no such e-mail address with this password");
  expect(await logins()).toBe(3);
});

it("lets one caller go without ending the renewal that the others wait for", async () => {
  const { transport, clock } = await loggedIn();
  await clock.advance(hour);
  await platform.change({ slow: 100 });
  const controller = new AbortController();
  const gone = caught(transport.currentUser({ signal: controller.signal }));
  const stays = transport.currentUser();
  while ((await renewals()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  controller.abort(new Error("gone"));
  expect(await gone).toMatchObject({ message: "gone" });
  expect((await stays).userId).toBe("ann");
  expect(await renewals()).toBe(1);
});

it("shares logins between programs with one store, takes over their renewals and their logging out", async () => {
  const { transport, clock, store } = await loggedIn();
  const other = createTransport({ environment: platform.url, credentials: storedLogin({ store }), clock });
  await other.currentUser();
  await clock.advance(hour);
  await Promise.all([transport.currentUser(), other.currentUser()]);
  expect(await renewals()).toBe(1);
  await other.logout();
  expect((await platform.seen()).at(-1)).toMatchObject({ method: "POST", path: "/auth/logout" });
  await clock.advance(hour);
  expect(await caught(transport.currentUser())).toMatchObject({ _tag: "Unauthenticated" });
});

it("takes the renewal of a program that does not share the lock, in place of believing a refusal", async () => {
  const { transport, store, clock } = await loggedIn();
  const lockless = { ...store, exclusively: <A>(_: string, work: () => Promise<A>) => work() };
  const other = createTransport({ environment: platform.url, credentials: storedLogin({ store: lockless }), clock });
  await clock.advance(hour);
  await platform.change({ slow: 50 });
  const work = Promise.all([transport.currentUser(), other.currentUser()]);
  while (!clock.sleeping().includes(1000)) await new Promise((resolve) => setTimeout(resolve, 5));
  // By now the first has written its renewal down.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await clock.advance(1000);
  expect((await work).map(({ userId }) => userId)).toEqual(["ann", "ann"]);
  expect(await renewals()).toBe(3);
});

it("ends the login here even where the server cannot be told", async () => {
  const { transport, read } = await loggedIn();
  await platform.change({ scripted: [{ on: "POST /auth/logout", cut: "before" }] });
  await transport.logout();
  expect(await read()).toBe("");
});

it("plans by the token's life and the server's clock, not by what this machine's clock says", async () => {
  // The test clock is years behind the server's.
  const { transport, clock } = await loggedIn({ life: 600 });
  await transport.currentUser();
  expect(await renewals()).toBe(0);
  await clock.advance(595_000);
  await transport.currentUser();
  expect(await renewals()).toBe(1);
  expect(Math.abs(((await transport.askClockSkew()) ?? 0) - (Date.now() - clock.now()))).toBeLessThan(5000);
});
