import { createClient } from "@tideway/core";
import { type Sandbox, createSandbox } from "@tideway/sandbox";
import { type Listening, listen } from "@tideway/sandbox/node";
import { createTransport, fixedToken } from "@tideway/transport";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser, whyNoBrowser } from "../../browser/launch.ts";
import { openModule } from "../../browser/open-module.ts";
import type { Outcome } from "../../browser/suite/vitest-in-page.ts";
import { ledgerSuite } from "./ledger-suite.ts";
import { appName, readings, token, userId } from "./readings.ts";

const missing = await whyNoBrowser();
const module = new URL("in-tab.ts", import.meta.url);

describe.skipIf(missing !== undefined)(`ledgers of a real browser${missing ? ` (skipped: ${missing})` : ""}`, () => {
  let browser: Browser;
  let sandbox: Sandbox;
  let server: Listening;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    sandbox = createSandbox({ users: [{ userId, email: "tabs@tideway.example", tokens: [token] }] });
    server = await listen(sandbox, { port: 0 });
    return () => server.close();
  });

  const here = () =>
    createClient({
      transport: createTransport({ environment: server.url, credentials: fixedToken(token) }),
      userId,
      app: { name: appName, version: "1.0.0" }
    });

  const stored = async () => {
    const session = await here().session.find();
    return session ? [...sandbox.store.readDatums({ uploadIds: [session.uploadId] })].length : 0;
  };

  it.for(["page", "worker"] as const)("do in a %s what every ledger has to do", async (where) => {
    await using suite = await ledgerSuite();
    await using tab = await openModule(browser, suite.module, { in: where });
    const outcomes = (await tab.call("runSuite")) as ReadonlyArray<Outcome>;
    expect(outcomes.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(5);
  });

  it("promise 3: are opened for one session, however many tabs begin at the same moment", async () => {
    await using first = await openModule(browser, module);
    const tabs = [first, await first.openTab(), await first.openTab(), await first.openTab()];
    const found = await Promise.all(tabs.map((tab) => tab.call("ensure", server.url)));
    expect(new Set(found).size).toBe(1);
    const usable = sandbox.store.dataSetsOf(userId).filter(({ active, deleted }) => active && !deleted);
    expect(usable.map(({ uploadId }) => uploadId)).toEqual([found[0]]);
  });

  it("let one tab at a time upload into a session, and send nothing again that another tab has sent", async () => {
    await using first = await openModule(browser, module);
    const second = await first.openTab();
    sandbox.faults.set([{ effect: { kind: "delay", milliseconds: 50 }, on: "POST */data" }]);
    const running = first.call("upload", server.url, 2000);
    await expect.poll(stored, { timeout: 120_000, interval: 20 }).toBeGreaterThan(0);
    expect(await second.call("upload", server.url, 2000)).toMatchObject({
      isBusy: true,
      message: expect.stringContaining("Another tab") as string
    });
    const waiting = second.call("upload", server.url, 2000, 60_000);
    expect(await running).toMatchObject({ sent: 2000, unchanged: 0 });
    expect(await waiting).toMatchObject({ sent: 0, unchanged: 2000 });
    expect(await second.call("upload", server.url, 2001)).toMatchObject({ sent: 1, unchanged: 2000, requests: 1 });
  });

  it("let the next tab end what a tab began that was closed half-way, with all of it there once", async () => {
    await using first = await openModule(browser, module);
    const second = await first.openTab();
    sandbox.faults.set([{ effect: { kind: "delay", milliseconds: 150 }, on: "POST */data" }]);
    const cut = first.call("upload", server.url, 3000).then(
      () => "ended",
      () => "cut"
    );
    await expect.poll(stored, { timeout: 120_000, interval: 20 }).toBeGreaterThan(500);
    await first.page.close();
    expect(await cut).toBe("cut");
    sandbox.faults.clear();
    const { sent, unchanged } = (await second.call("upload", server.url, 3000)) as { sent: number; unchanged: number };
    expect(sent + unchanged).toBe(3000);
    expect(unchanged).toBeGreaterThan(100);
    expect(await here().verify(readings(3000))).toMatchObject({ matched: 3000, stored: 3000, differences: [] });
  });
});
