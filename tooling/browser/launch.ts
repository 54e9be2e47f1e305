import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions
} from "playwright-core";
import { bundledChromium } from "./bundled-chromium.ts";

/** On top of Playwright's own flags: nothing goes over the network but what the page itself asks for. */
const flags = ["--disable-gpu", "--disable-domain-reliability", "--no-pings", "--font-render-hinting=none"];

const waysToLaunch = async (): Promise<ReadonlyArray<readonly [name: string, options: LaunchOptions]>> => {
  const bundled = await bundledChromium();
  return [
    ...(bundled === undefined ? [] : [["the Chromium in @sparticuz/chromium", bundled] as const]),
    ["the installed Chrome", { channel: "chrome" }],
    ["the installed Edge", { channel: "msedge" }]
  ];
};

/** Milliseconds for an action in a page: where every processor is at work, a page waits long for its turn. */
const patience = 120_000;

/** Starts a headless browser: the bundled Chromium on Linux, an installed Chrome or Edge elsewhere. Close it when done. */
export const launchBrowser = async (): Promise<Browser> => {
  const failures: Array<string> = [];
  for (const [name, options] of await waysToLaunch()) {
    try {
      return await chromium.launch({ ...options, args: flags, timeout: patience });
    } catch (error) {
      failures.push(`${name}: ${String(error).split("\n")[0]}`);
    }
  }
  throw new Error(`No browser starts on this machine; install Chrome for these tests. Tried ${failures.join("; ")}`);
};

/** A window of its own, whose pages have the time that a busy machine may need: two minutes for each action. */
export const openContext = async (browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> => {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patience);
  return context;
};

/** Why no browser starts here, for `describe.skipIf(reason !== undefined)`; undefined where one does (0.1 s). */
export const whyNoBrowser = async (): Promise<string | undefined> => {
  try {
    await (await launchBrowser()).close();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
