import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, whyNoBrowser } from "../../browser/launch.ts";
import { openModule, type OpenModule } from "../../browser/open-module.ts";
import type { Outcome } from "../../browser/suite/vitest-in-page.ts";
import { bundleSuite, suiteFiles } from "./bundle-suite.ts";
import { startServers, type Servers } from "./start-servers.ts";

const missing = await whyNoBrowser();
const files = await suiteFiles();

describe.skipIf(missing !== undefined)(`the transport's own tests${missing ? ` (skipped: ${missing})` : ""}`, () => {
  let browser: Browser;
  let servers: Servers;
  let suite: Awaited<ReturnType<typeof bundleSuite>>;
  beforeAll(async () => {
    [browser, servers, suite] = await Promise.all([launchBrowser(), startServers(), bundleSuite()]);
  });
  afterAll(async () => {
    await Promise.all([browser.close(), servers[Symbol.asyncDispose](), suite[Symbol.asyncDispose]()]);
  });

  describe.each(["page", "worker"] as const)("in a %s", (where) => {
    let open: OpenModule | undefined;
    beforeAll(async () => {
      open = await openModule(browser, suite.module, { in: where });
    });
    afterAll(() => open?.[Symbol.asyncDispose]());

    it.each(files)("pass: %s", async (file) => {
      const outcomes = (await open?.call("run", file, servers.urls)) as ReadonlyArray<Outcome>;
      expect(outcomes.filter(({ outcome }) => outcome === "failed")).toEqual([]);
      expect(outcomes.filter(({ outcome }) => outcome === "passed").length).toBeGreaterThan(0);
    });
  });
});
