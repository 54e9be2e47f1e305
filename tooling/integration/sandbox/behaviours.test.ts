import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemoryStore } from "@tideway/sandbox";
import { createSqliteStore } from "@tideway/sandbox/node";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, whyNoBrowser } from "../../browser/launch.ts";
import { openModule, type OpenModule } from "../../browser/open-module.ts";
import { behaviours } from "./behaviours.ts";

const names = Object.keys(behaviours);

describe("with the memory store", () => {
  it.each(names)("%s", (name) => behaviours[name]?.(createMemoryStore()));
});

describe("with the SQLite store", () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(names)("%s", async (name) => {
    const store = createSqliteStore({ path: join(folder, `${names.indexOf(name)}.sqlite`) });
    await behaviours[name]?.(store);
    store.close();
  });
});

const missing = await whyNoBrowser();

describe.skipIf(missing !== undefined).each(["page", "worker"] as const)(
  `in a browser's %s${missing === undefined ? "" : ` (skipped: ${missing})`}`,
  (where) => {
    let browser: Browser;
    let module: OpenModule;
    beforeAll(async () => {
      browser = await launchBrowser();
      module = await openModule(browser, new URL("in-browser.ts", import.meta.url), { in: where });
    });
    afterAll(async () => {
      await module[Symbol.asyncDispose]();
      await browser.close();
    });

    it.each(names)("%s", async (name) => {
      await expect(module.call("run", name)).resolves.toBeUndefined();
    });
  }
);
