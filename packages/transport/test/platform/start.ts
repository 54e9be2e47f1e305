import { issue, type Provider } from "../provider/provider.ts";
import { listen } from "./platform.ts";

/** Starts a platform of its own for a test file. In a browser the page is given one instead (see tooling/integration). */
export const startPlatform: () => Promise<{ url: string; close(): Promise<void> }> = listen;

/** The same for an OIDC issuer. */
export const startProvider: () => Promise<Provider> = issue;

/** Where the tests run. */
export const inBrowser: boolean = false;
