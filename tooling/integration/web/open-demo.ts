import type { Browser, Page } from "playwright-core";
import { openContext } from "../../browser/launch.ts";

/** A page of the demo, watched. */
export interface OpenDemo extends AsyncDisposable {
  readonly page: Page;
  /** Addresses that the network was asked for so far. */
  readonly requests: ReadonlyArray<string>;
  /** Errors, refusals by the page's policy, and what the console was told. */
  readonly complaints: ReadonlyArray<string>;
}

/** Opens the demo in a context of its own. */
export const openDemo = async (browser: Browser, url: string, width = 1280): Promise<OpenDemo> => {
  const context = await openContext(browser, { viewport: { width, height: 900 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  const requests: Array<string> = [];
  const complaints: Array<string> = [];
  page.on("request", (request) => {
    // `blob:` is the worker, which is in the page already.
    if (!request.url().startsWith("blob:")) requests.push(request.url());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => complaints.push(message.text()));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, sourceFile }) =>
      console.error(`refused by the policy: ${violatedDirective} in ${sourceFile}`)
    );
  });
  await page.goto(url);
  await page.getByRole("heading", { name: "Tideway" }).waitFor();
  return { page, requests, complaints, [Symbol.asyncDispose]: () => context.close() };
};

/** What a page holds for its file input: NDJSON made of datums, or text as it is. */
export const fileOf = (name: string, lines: ReadonlyArray<unknown>) => ({
  name,
  mimeType: "application/json",
  buffer: Buffer.from(lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"))
});
