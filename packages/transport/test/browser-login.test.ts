import { createTransport, memoryTokenStore } from "@tideway/transport";
import { browserLogin, type Page } from "@tideway/transport/browser";
import { expect, it } from "vitest";
import { usePlatform } from "./platform/control.ts";
import { inBrowser } from "./platform/start.ts";
import { useIssuer } from "./provider/control.ts";
import { walk } from "./provider/walk.ts";

const platform = usePlatform();
const issuer = useIssuer();

/** A page that notes what a login does to it. */
const somePage = (href: string) => {
  const kept = new Map<string, string>();
  const state = { href, gone: "" };
  const page: Page = {
    get href() {
      return state.href;
    },
    navigate: (url) => (state.gone = url),
    replaceUrl: (url) => (state.href = url),
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key)
    }
  };
  return { page, kept, state };
};
const options = () => ({ environment: platform.url, issuer: issuer.url, clientId: "app" });

// Following the login page's redirects by hand takes a program that may read them; tooling does it with a real page.
it.skipIf(inBrowser)("leaves for the login page and comes back logged in, with a clean address", async () => {
  await platform.set({ issuer: issuer.url });
  const store = memoryTokenStore();
  const { page, kept, state } = somePage("http://127.0.0.1/callback?view=week#top");
  const login = () => browserLogin({ ...options(), store, page });
  expect(await login().finish()).toBe(false);
  await login().start();
  const back = new URL(await walk(state.gone));
  expect(`${back.origin}${back.pathname}`).toBe("http://127.0.0.1/callback");
  state.href = `${back.href}&view=week#top`;
  const { credentials, finish } = login();
  expect(await finish()).toBe(true);
  expect(state.href).toBe("http://127.0.0.1/callback?view=week#top");
  expect(kept.size).toBe(0);
  const transport = createTransport({ environment: platform.url, credentials });
  expect((await transport.currentUser()).userId).toBe("ann");
  expect(await login().finish()).toBe(false);
});

it("takes no answer that this tab did not ask for, and none that was tampered with", async () => {
  const store = memoryTokenStore();
  const { page, state } = somePage("http://127.0.0.1/callback?code=stolen&state=guessed");
  const login = browserLogin({ ...options(), store, page });
  await expect(login.finish()).rejects.toMatchObject({ _tag: "Unauthenticated" });
  expect(state.href).toBe("http://127.0.0.1/callback");
  await login.start();
  state.href = "http://127.0.0.1/callback?code=stolen&state=guessed";
  await expect(login.finish()).rejects.toMatchObject({ _tag: "UnexpectedAnswer" });
  expect(await store.read(platform.url)).toBeUndefined();
});
