import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, whyNoBrowser } from "./launch.ts";
import { openModule } from "./open-module.ts";
import { serve } from "./serve.ts";

const missing = await whyNoBrowser();

describe.skipIf(missing !== undefined)(`the browser harness${missing ? ` (skipped: ${missing})` : ""}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it("opens a page from a local server, which counts as a secure context", async () => {
    await using server = await serve({
      "/": { type: "text/html", body: "<!doctype html><title>Tideway</title><p>ready" }
    });
    const page = await browser.newPage();
    await page.goto(server.url);
    expect(await page.title()).toBe("Tideway");
    expect(await page.evaluate(() => [isSecureContext, "locks" in navigator])).toEqual([true, true]);
    await page.close();
  });

  it("draws text and controls in a font of its own", async () => {
    const page = await browser.newPage();
    await page.setContent("<p>Hällo – ≥ 70 % −</p><input type=file><progress></progress><b>bold</b><code>code</code>");
    expect((await page.screenshot()).length).toBeGreaterThan(1000);
    await page.close();
  });

  it.for(["page", "worker"] as const)(
    "runs a TypeScript module in a %s, where code from text is forbidden",
    async (where) => {
      await using module = await openModule(browser, new URL("sample-module.ts", import.meta.url), { in: where });
      expect(await module.call("whereAmI")).toBe(where);
      expect(await module.call("add", 2, 3)).toBe(5);
      expect(await module.call("evaluates")).toBe(false);
      await expect(module.call("fail")).rejects.toThrow("failed on purpose");
    }
  );

  it("lets code from text run where the policy allows it, so that the refusal above means something", async () => {
    await using module = await openModule(browser, new URL("sample-module.ts", import.meta.url), {
      policy: "default-src 'self' 'unsafe-eval'"
    });
    expect(await module.call("evaluates")).toBe(true);
  });
});
