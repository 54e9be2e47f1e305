import { Unauthenticated } from "@tideway/core";
import type { Credentials } from "../credentials.ts";
import { hasOwn, parseJson } from "../json.ts";
import { createLoginContext, type ContextOptions } from "../login-context.ts";
import { beginCodeLogin, finishCodeLogin, type CodeLoginOptions, type PendingLogin } from "../oidc/code-login.ts";
import { keepLogin, storedLogin, type StoredLoginOptions } from "../stored-login.ts";

/** The part of a browser's page that a login touches. */
export interface Page {
  /** Where the page is. */
  readonly href: string;
  /** Leaves for the login page. */
  readonly navigate: (url: string) => void;
  /** Takes the login's answer out of the address, so that a reload or a bookmark does not hold it. */
  readonly replaceUrl: (url: string) => void;
  /** Lives as long as the tab. */
  readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
}

/** What a login in a web app needs. */
export interface BrowserLoginOptions extends ContextOptions, CodeLoginOptions, StoredLoginOptions {
  /** The page that the login comes back to, registered with Tidepool. Default: this page without query and fragment. */
  readonly redirectUri?: string;
  /** Default: this page itself. */
  readonly page?: Page;
}

/** A login that leaves the page and comes back. */
export interface BrowserLogin {
  /** For `createTransport`. */
  readonly credentials: Credentials;
  /** Sends the browser to the login page. */
  start(): Promise<void>;
  /**
   * Call it when the page loads: true where the page is back from a login, which is now in the store. Rejects with
   * `Unauthenticated` where that login did not work.
   */
  finish(): Promise<boolean>;
}

const pendingKey = "tideway-pending-login";

/** Logs in by leaving for Tidepool's login page (authorization code with PKCE) and coming back. */
export const browserLogin = (options: BrowserLoginOptions): BrowserLogin => {
  const page = options.page ?? thisPage();
  const context = createLoginContext(options);
  const here = new URL(page.href);
  const redirectUri = options.redirectUri ?? here.origin + here.pathname;
  return {
    credentials: storedLogin(options),
    async start() {
      const pending = await beginCodeLogin(redirectUri, options, context);
      page.storage.setItem(pendingKey, JSON.stringify(pending));
      page.navigate(pending.url);
    },
    async finish() {
      const url = new URL(page.href);
      if (!url.searchParams.has("state") || !(url.searchParams.has("code") || url.searchParams.has("error")))
        return false;
      const pending = readPending(page.storage.getItem(pendingKey));
      page.storage.removeItem(pendingKey);
      const parameters = new URLSearchParams(url.search);
      for (const name of ["code", "state", "iss", "session_state", "error", "error_description"]) {
        url.searchParams.delete(name);
      }
      page.replaceUrl(url.href);
      if (pending === undefined) {
        throw new Unauthenticated({
          message: "This page did not start the login that it came back from. Log in again."
        });
      }
      const callback = new URL(`${pending.redirectUri}?${parameters.toString()}`);
      await keepLogin(await finishCodeLogin(callback, pending, context), options, context.http.server);
      return true;
    }
  };
};

const readPending = (text: string | null): PendingLogin | undefined => {
  const value = text === null ? undefined : parseJson(text);
  return hasOwn(value, "verifier") ? (value as unknown as PendingLogin) : undefined;
};

const thisPage = (): Page => ({
  get href() {
    return location.href;
  },
  navigate: (url) => location.assign(url),
  replaceUrl: (url) => history.replaceState(history.state, "", url),
  get storage() {
    return sessionStorage;
  }
});
