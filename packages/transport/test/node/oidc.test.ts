import { clientCredentials, createTransport, memoryTokenStore, storedLogin, type Clock } from "@tideway/transport";
import { loopbackLogin } from "@tideway/transport/node";
import { expect, it } from "vitest";
import { usePlatform } from "../platform/control.ts";
import { useIssuer } from "../provider/control.ts";
import { walk } from "../provider/walk.ts";
import { testClock } from "../test-clock.ts";

const platform = usePlatform();
const issuer = useIssuer();
const hour = 3_600_000;

/** Ends the visit as a browser does: the callback is fetched, and its page read. */
const visit = async (url: string) => {
  const callback = await walk(url);
  return (await fetch(callback)).text();
};

const loggedIn = async ({ clock = testClock() as Clock, life = 600 } = {}) => {
  await platform.set({ issuer: issuer.url });
  await issuer.behave({ life });
  const store = memoryTokenStore();
  const options = { environment: platform.url, issuer: issuer.url, clientId: "app", store, clock };
  let page: Promise<string> | undefined;
  await loopbackLogin({
    ...options,
    openBrowser: (url) => {
      page = visit(url);
    }
  });
  const transport = createTransport({ environment: platform.url, credentials: storedLogin({ store }), clock });
  const read = async () => JSON.parse((await store.read(transport.server)) ?? "null") as Record<string, unknown> | null;
  return { transport, store, clock: clock as ReturnType<typeof testClock>, read, page: await page };
};
const caught = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error as Record<string, unknown>
  );

it("logs in through the browser with a code and PKCE, found by discovery", async () => {
  const { transport, page, read } = await loggedIn();
  expect(page).toContain("You are logged in. You can close this window.");
  expect((await transport.currentUser()).userId).toBe("ann");
  expect(await read()).toMatchObject({ form: "oidc", issuer: issuer.url, clientId: "app" });
});

it("learns the issuer from the server where the environment has none", async () => {
  const realm = new URL(issuer.url);
  await platform.set({
    issuer: issuer.url,
    scripted: [{ on: "GET /info", body: JSON.stringify({ auth: { url: realm.origin, realm: "tidepool" } }) }]
  });
  const error = await caught(
    loopbackLogin({
      environment: platform.url,
      clientId: "app",
      store: memoryTokenStore(),
      openBrowser: () => expect.fail("there is no realm of this name")
    })
  );
  // The address was asked for; oidc-provider has no realms.
  expect(error["message"]).toMatch(/login service/);
});

it("asks for a challenge by SHA-256, a state, a nonce and a login that can be renewed", async () => {
  let parameters = new URLSearchParams();
  const options = { environment: platform.url, issuer: issuer.url, clientId: "app", store: memoryTokenStore() };
  const controller = new AbortController();
  const work = loopbackLogin({
    ...options,
    signal: controller.signal,
    loginHint: "ann",
    openBrowser: (url) => {
      parameters = new URL(url).searchParams;
      controller.abort(new Error("seen enough"));
    }
  });
  expect(await caught(work)).toMatchObject({ message: "seen enough" });
  expect(Object.fromEntries(parameters)).toMatchObject({
    response_type: "code",
    code_challenge_method: "S256",
    scope: "openid offline_access",
    login_hint: "ann",
    redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/callback$/)
  });
  for (const name of ["code_challenge", "state", "nonce"]) expect(parameters.get(name)).toMatch(/^[\w-]{43}$/);
});

it("takes no answer but the one to its own question", async () => {
  await platform.set({ issuer: issuer.url });
  const store = memoryTokenStore();
  await loopbackLogin({
    environment: platform.url,
    issuer: issuer.url,
    clientId: "app",
    store,
    openBrowser: async (url) => {
      const redirect = new URL(url).searchParams.get("redirect_uri") ?? "";
      expect((await fetch(`${redirect}?code=stolen&state=guessed`)).status).toBe(404);
      expect((await fetch(new URL("/", redirect))).status).toBe(404);
      void visit(url);
    }
  });
  expect(await store.read(platform.url)).toBeDefined();
});

it("says so when the person says no, when nobody comes, and when the client is unknown", async () => {
  const options = { environment: platform.url, issuer: issuer.url, clientId: "app", store: memoryTokenStore() };
  let page: Promise<string> | undefined;
  const no = loopbackLogin({
    ...options,
    loginHint: "nobody",
    openBrowser: (url) => {
      page = visit(url);
    }
  });
  expect(await caught(no)).toMatchObject({
    _tag: "Unauthenticated",
    message: expect.stringContaining("access_denied")
  });
  expect(await page).toContain("did not work");
  const late = loopbackLogin({ ...options, patience: 1, openBrowser: () => {} });
  expect(await caught(late)).toMatchObject({ _tag: "Unauthenticated", message: expect.stringContaining("in time") });
});

it("renews once for 1,000 requests with an expired token, and keeps the rotated refresh token", async () => {
  const { transport, clock, read } = await loggedIn();
  const before = await read();
  const asked = await issuer.tokenRequests();
  await clock.advance(hour);
  await Promise.all(Array.from({ length: 1000 }, () => transport.currentUser()));
  expect((await issuer.tokenRequests()) - asked).toBe(1);
  const after = await read();
  expect(after?.["refreshToken"]).not.toBe(before?.["refreshToken"]);
  await clock.advance(hour);
  expect((await transport.currentUser()).userId).toBe("ann");
});

it("ends the login where its refresh token was used elsewhere, and says what to do", async () => {
  const { transport, store, clock, read } = await loggedIn();
  // A copy of the store, as a restored backup is: it renews first.
  const copy = memoryTokenStore();
  await copy.write(transport.server, JSON.stringify(await read()));
  const other = createTransport({ environment: platform.url, credentials: storedLogin({ store: copy }), clock });
  await clock.advance(hour);
  await other.currentUser();
  const error = await caught(transport.currentUser());
  expect(error).toMatchObject({
    _tag: "Unauthenticated",
    message: expect.stringMatching(/used twice\. Log in again\.$/)
  });
  expect(await store.read(transport.server)).toBeUndefined();
});

it("ends a revoked login, and keeps one whose issuer is down or out of reach", async () => {
  const { transport, clock, read } = await loggedIn();
  await clock.advance(hour);
  await issuer.behave({ down: true });
  expect(await caught(transport.currentUser())).toMatchObject({ _tag: "Throttled", retryAfter: 7000 });
  await issuer.behave({ cut: true });
  expect(await caught(transport.currentUser())).toMatchObject({ _tag: "Unanswered" });
  expect(await read()).not.toBeNull();
  await issuer.behave({});
  expect((await transport.currentUser()).userId).toBe("ann");
  await clock.advance(hour);
  await issuer.revoke();
  expect(await caught(transport.currentUser())).toMatchObject({ _tag: "Unauthenticated" });
  expect(await read()).toBeNull();
});

it.each([
  ["hours behind", -3 * hour],
  ["hours ahead", 3 * hour]
])("logs in and renews at the right times on a machine whose clock is %s", async (_, off) => {
  let moved = 0;
  const clock: Clock = { now: () => Date.now() + off + moved, sleep: () => new Promise(() => {}) };
  const { transport } = await loggedIn({ clock, life: 600 });
  const asked = await issuer.tokenRequests();
  await transport.currentUser();
  moved = 500_000;
  await transport.currentUser();
  expect((await issuer.tokenRequests()) - asked).toBe(0);
  moved = 545_000;
  await transport.currentUser();
  expect((await issuer.tokenRequests()) - asked).toBe(1);
  expect(Math.abs((transport.clockSkew() ?? 0) + off + moved)).toBeLessThan(2000);
});

it("logs out at the issuer: the refresh token is dead afterwards", async () => {
  const { transport, store, read, clock } = await loggedIn();
  const login = JSON.stringify(await read());
  await transport.logout();
  expect(await read()).toBeNull();
  await store.write(transport.server, login);
  await clock.advance(hour);
  expect(await caught(transport.currentUser())).toMatchObject({ _tag: "Unauthenticated" });
});

it("logs a service in by its own credentials, anew when the token ends", async () => {
  await platform.set({ scripted: [{ on: "GET /v1/users/ann", body: "[]", times: 5 }] });
  const clock = testClock();
  const asked = await issuer.tokenRequests();
  const credentials = clientCredentials({
    clientId: "service",
    clientSecret: "service-secret-of-the-tests",
    issuer: issuer.url
  });
  const transport = createTransport({ environment: platform.url, credentials, clock });
  await Promise.all([transport.listDataSets("ann", {}), transport.listDataSets("ann", {})]);
  await clock.advance(hour);
  await transport.listDataSets("ann", {});
  expect((await issuer.tokenRequests()) - asked).toBe(2);
  const wrong = clientCredentials({ clientId: "service", clientSecret: "wrong", issuer: issuer.url });
  const refused = createTransport({ environment: platform.url, credentials: wrong });
  expect(await caught(refused.currentUser())).toMatchObject({ _tag: "Forbidden" });
});
