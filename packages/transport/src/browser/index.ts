export { browserLogin, type BrowserLogin, type BrowserLoginOptions, type Page } from "./browser-login.ts";
export { browserTokenStore, type BrowserTokenStoreOptions } from "./browser-token-store.ts";
