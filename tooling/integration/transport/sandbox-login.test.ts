import { createSandbox } from "@tideway/sandbox";
import { listen } from "@tideway/sandbox/node";
import { clientCredentials, createTransport, memoryTokenStore, passwordLogin, storedLogin } from "@tideway/transport";
import { browserLogin, type Page } from "@tideway/transport/browser";
import { loopbackLogin } from "@tideway/transport/node";
import { expect, it } from "vitest";

const ann = { userId: "aaaaaaaaaa", email: "ann@example.org", password: "correct horse" };
const parent = {
  userId: "bbbbbbbbbb",
  email: "parent@example.org",
  password: "battery staple",
  permissions: { [ann.userId]: ["view"] }
};
const users = [ann, parent];
const hour = 3_600_000;
type Fetch = (request: Request) => Promise<Response>;

/** A sandbox whose time a test moves, and which counts how often tokens were asked for. */
const movableSandbox = () => {
  let now = Date.now();
  let tokenRequests = 0;
  const clients = [{ clientId: "clinic", secret: "the clinic's secret", service: true }, { clientId: "app" }];
  const sandbox = createSandbox({ users, clients, runtime: { now: () => now } });
  const fetch: Fetch = (request) => {
    if (new URL(request.url).pathname.endsWith("/token")) tokenRequests += 1;
    return sandbox.fetch(request);
  };
  return {
    sandbox: { ...sandbox, fetch },
    fetch,
    pass: (milliseconds: number) => (now += milliseconds),
    tokenRequests: () => tokenRequests
  };
};

/** Fills in the login page, and gives back where it leads. */
const fillIn = async (url: string, { email, password }: typeof ann, fetch: Fetch): Promise<string> => {
  const page = await fetch(new Request(url));
  expect(await page.text()).toContain("password");
  const body = new URLSearchParams({ username: email, password });
  const answer = await fetch(new Request(url, { method: "POST", body, redirect: "manual" }));
  expect(answer.status).toBe(302);
  return answer.headers.get("location") ?? "";
};

it("logs in over a port with a browser's visit, finding the issuer through the server, and stays logged in", async () => {
  const { sandbox, pass, tokenRequests } = movableSandbox();
  const server = await listen(sandbox);
  try {
    const store = memoryTokenStore();
    await loopbackLogin({
      environment: server.url,
      clientId: "app",
      store,
      openBrowser: (url) => {
        void fillIn(url, ann, (request) => fetch(request)).then((back) => fetch(back));
      }
    });
    const transport = createTransport({ environment: server.url, credentials: storedLogin({ store }) });
    expect((await transport.currentUser()).userId).toBe(ann.userId);
    expect(tokenRequests()).toBe(1);
    for (const round of [2, 3, 4]) {
      pass(hour);
      await Promise.all(Array.from({ length: 100 }, () => transport.listDataSets(ann.userId, {})));
      expect(tokenRequests()).toBe(round);
    }
    const login = (await store.read(server.url)) ?? "";
    await transport.logout();
    await store.write(server.url, login);
    pass(hour);
    await expect(transport.currentUser()).rejects.toMatchObject({ _tag: "Unauthenticated" });
    expect(await store.read(server.url)).toBeUndefined();
  } finally {
    await server.close();
  }
});

it("logs a page in through a sandbox in the tab, and ends a login whose renewal was used twice", async () => {
  const { fetch, pass } = movableSandbox();
  const kept = new Map<string, string>();
  let href = "https://app.example/";
  const page: Page = {
    get href() {
      return href;
    },
    navigate: (url) => (href = url),
    replaceUrl: (url) => (href = url),
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key)
    }
  };
  const store = memoryTokenStore();
  const options = { environment: { fetch }, clientId: "app", store, page };
  await browserLogin(options).start();
  href = await fillIn(href, ann, fetch);
  const login = browserLogin(options);
  expect(await login.finish()).toBe(true);
  expect(href).toBe("https://app.example/");
  const transport = createTransport({ environment: { fetch }, credentials: login.credentials });
  expect((await transport.currentUser()).userId).toBe(ann.userId);

  const copy = memoryTokenStore();
  await copy.write(transport.server, (await store.read(transport.server)) ?? "");
  const stolen = createTransport({ environment: { fetch }, credentials: storedLogin({ store: copy }) });
  pass(hour);
  await stolen.currentUser();
  await expect(transport.currentUser()).rejects.toMatchObject({
    _tag: "Unauthenticated",
    message: expect.stringMatching(/Log in again\.$/)
  });
});

it("logs a service in, and asks a person's rights before any data is read", async () => {
  const { fetch } = movableSandbox();
  const service = createTransport({
    environment: { fetch },
    credentials: clientCredentials({ clientId: "clinic", clientSecret: "the clinic's secret" })
  });
  expect(await service.listDataSets(ann.userId, {})).toEqual([]);
  const wrong = createTransport({
    environment: { fetch },
    credentials: clientCredentials({ clientId: "clinic", clientSecret: "guessed" })
  });
  await expect(wrong.listDataSets(ann.userId, {})).rejects.toMatchObject({ _tag: "Forbidden" });

  const byParent = createTransport({ environment: { fetch }, credentials: passwordLogin(parent) });
  await byParent.requireRight("view", ann.userId);
  await expect(byParent.requireRight("upload", ann.userId)).rejects.toMatchObject({
    _tag: "Forbidden",
    message: expect.stringContaining("lacks the right to upload data of user aaaaaaaaaa (has only: view)")
  });
});
