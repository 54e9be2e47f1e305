import { listen } from "./platform.ts";

/** Starts a platform of its own for a test file. In a browser the page is given one instead (see tooling/integration). */
export const startPlatform: () => Promise<{ url: string; close(): Promise<void> }> = listen;

/** Where the tests run. */
export const inBrowser: boolean = false;
