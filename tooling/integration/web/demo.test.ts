import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, whyNoBrowser } from "../../browser/launch.ts";
import { fileOf, openDemo } from "./open-demo.ts";
import { type ServedDemo, serveDemo } from "./serve-demo.ts";

const missing = await whyNoBrowser();
const tandem = fileURLToPath(new URL("../../../../shared/samples/tidepool/device-Tandem-G6.json", import.meta.url));

const at = (index: number) => new Date(Date.UTC(2026, 2, 1) + index * 300_000).toISOString();
const cbg = (index: number, value: number) => ({
  type: "cbg",
  time: at(index),
  value,
  units: "mg/dL",
  timezoneOffset: 60,
  origin: { id: `cbg-${index}` }
});
const bolus = (id: string, normal: number) => ({
  type: "bolus",
  subType: "normal",
  normal,
  time: at(3),
  origin: { id }
});

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const receipt = (page: Page) => page.getByRole("heading", { name: /arrived|Arrived|Nothing new/ });
const count = (page: Page, key: string) => page.locator(`tfoot [data-count=${key}]`).textContent();
const faultsOf = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
};

describe.skipIf(missing !== undefined)(`the demo in a browser${missing ? ` (skipped: ${missing})` : ""}`, () => {
  let demo: ServedDemo;
  let browser: Browser;
  beforeAll(async () => {
    [demo, browser] = await Promise.all([serveDemo(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.[Symbol.asyncDispose]();
  });

  it("takes nothing amiss that an earlier file put into the session", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    for (const [name, first, said] of [
      ["a.json", 0, "all 3 records are as they were sent."],
      ["b.json", 10, "all 3 records are as they were sent. The session holds 3 more, from files uploaded before."]
    ] as const) {
      const readings = [first, first + 1, first + 2].map((index) => cbg(index, 120));
      await page.getByLabel(/Choose files/).setInputFiles(fileOf(name, readings));
      await page.getByRole("heading", { name }).waitFor();
      await button(page, "Send 3 datums").click();
      await page.getByRole("heading", { name: "Everything arrived" }).waitFor();
      expect(await page.locator(".receipt").textContent()).toContain(said);
    }
  });

  it("has no button to press, and no colour of success, where every datum would be refused", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    await page.getByLabel(/Choose files/).setInputFiles(fileOf("bad.json", [cbg(0, -5)]));
    await page.getByRole("heading", { name: "bad.json" }).waitFor();
    expect(await button(page, "Nothing to send").isDisabled()).toBe(true);
    expect(await page.getByText("1 datum will be refused.").isVisible()).toBe(true);
    expect(await page.locator(".receipt").count()).toBe(0);
  });

  it("shows a file before it uploads it, uploads it, reads it back, and a second upload adds nothing", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    const readings = Array.from({ length: 40 }, (_, index) => cbg(index, index === 0 ? 50 : 120));
    await page.getByLabel(/Choose files/).setInputFiles(fileOf("mine.ndjson", [...readings, bolus("good", 4)]));

    await page.getByRole("heading", { name: "mine.ndjson" }).waitFor();
    expect(await page.getByRole("status").textContent()).toBe(
      "mine.ndjson is read: 41 datums. Nothing is uploaded yet."
    );
    expect(await page.getByRole("table", { name: "Datums by kind" }).innerText()).toMatch(
      /CGM readings\s+cbg\s+40\s+Boluses\s+bolus\/normal\s+1/
    );
    await page.getByRole("img", { name: /Glucose from 1 Mar 2026/ }).waitFor();
    const range = page.getByRole("img", { name: /^Time in range\. Time in range 98 %, below 2 %, above 0 %\./ });
    await range.waitFor();
    expect(await range.textContent()).toMatch(/Very low.*under 54.*2 %.*36 min/);
    expect(await page.getByText("Times are local, as the file tells them (UTC+1).").count()).toBe(1);

    await button(page, "Send 41 datums").click();
    await receipt(page).waitFor();
    expect(await receipt(page).textContent()).toBe("Everything arrived");
    expect(await receipt(page).evaluate((heading) => heading === document.activeElement)).toBe(true);
    expect([await count(page, "read"), await count(page, "sent"), await count(page, "unchanged")]).toEqual([
      "41",
      "41",
      "0"
    ]);
    expect(await page.getByText("all 41 records are as they were sent").count()).toBe(1);
    expect(await page.getByText("opened by this upload").count()).toBe(1);

    await button(page, "Send the same again").click();
    await page.getByRole("heading", { name: "Nothing new: everything was already there" }).waitFor();
    expect([await count(page, "read"), await count(page, "sent"), await count(page, "unchanged")]).toEqual([
      "41",
      "0",
      "41"
    ]);
    expect(await page.getByText("found, as it was open").count()).toBe(1);
  });

  it("lets no bad datum hold up the others, says which and why, and saves the list", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    const lines = [cbg(0, 100), "{ this is no JSON", bolus("too-much", 120), cbg(1, -26), cbg(2, 110)];
    await page.getByLabel(/Choose files/).setInputFiles(fileOf("mixed.ndjson", lines));
    await page.getByText("1 part of the file cannot be read.").waitFor();
    expect(await page.getByText("2 datums will be refused.").isVisible()).toBe(true);
    await button(page, "Send 2 datums").click();
    await page.getByRole("heading", { name: "Arrived, except for 3 datums" }).waitFor();
    expect([await count(page, "sent"), await count(page, "rejected")]).toEqual(["2", "3"]);
    const list = page.getByRole("region", { name: "What did not get in" });
    expect(await list.getByRole("listitem").allInnerTexts()).toEqual([
      expect.stringContaining("line 2"),
      expect.stringMatching(/line 3, bolus\/normal[^]+value-out-of-range/),
      expect.stringMatching(/line 4, cbg[^]+value-out-of-range/)
    ]);
    const saving = page.waitForEvent("download");
    await button(page, "Save the whole list").click();
    const saved = await readFile(await (await saving).path(), "utf8");
    const rejections = saved
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { at: string; datum: unknown });
    expect(rejections.map(({ at }) => at)).toEqual(["line 2", "line 3", "line 4"]);
    expect(rejections.map(({ datum }) => datum)).toEqual(["{ this is no JSON", bolus("too-much", 120), cbg(1, -26)]);
  });

  it("takes the made-up data all the way, under its own policy, and asks the network only for parts of itself", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page, requests, complaints } = opened;
    const loaded = requests.length;
    expect(loaded).toBeGreaterThan(1);
    expect(await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content")).toContain(
      "connect-src 'none'"
    );
    await button(page, "Use made-up data").click();
    await button(page, /^Send [\d,]+ datums$/).click();
    await page.getByRole("heading", { name: "Arrived, except for 2 datums" }).waitFor();
    expect(await page.getByText(/all [\d,]+ records are as they were sent/).count()).toBe(1);
    const parts = new RegExp(`^${demo.url}assets/[\\w-]+\\.js$`);
    expect(requests.slice(loaded).filter((address) => !parts.test(address))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("could not send a file anywhere if it wanted to: its policy refuses connections in the page and in the worker", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    await page.getByLabel(/Choose files/).setInputFiles(fileOf("one.ndjson", [cbg(0, 100)]));
    await button(page, /^Send/).click();
    await receipt(page).waitFor();
    const [worker] = page.workers();
    const connect = (url: string) =>
      fetch(url).then(
        () => "connected",
        (error: Error) => error.message
      );
    expect(await page.evaluate(connect, demo.url)).toBe("Failed to fetch");
    expect(await worker?.evaluate(connect, demo.url)).toBe("Failed to fetch");
    expect(await connect(demo.url)).toBe("connected");
  });

  it("stops when asked, and the next upload sends the rest", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    await button(page, "Use made-up data").click();
    await button(page, /^Send/).click();
    await button(page, "Stop").click();
    await page.getByRole("alert").filter({ hasText: "Stopped." }).waitFor();
    await button(page, /^Send/).click();
    await page.getByText(/all [\d,]+ records are as they were sent/).waitFor();
  });

  it("takes a file that is dropped on it", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    const dropped = await page.evaluateHandle(
      (text) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], "dropped.ndjson"));
        return transfer;
      },
      JSON.stringify(cbg(0, 100))
    );
    await page.getByText("or drop them here").dispatchEvent("drop", { dataTransfer: dropped });
    await page.getByRole("heading", { name: "dropped.ndjson" }).waitFor();
  });

  it.for([
    ["an empty file", "", /empty/],
    ["a file that is no JSON", "Glucose;100", /JSON/],
    ["a single JSON object", '{\n  "a": 1\n}', /list|array|datum/]
  ] as const)("says in plain words what is wrong with %s", async ([, text, said]) => {
    await using opened = await openDemo(browser, demo.url);
    await opened.page.getByLabel(/Choose files/).setInputFiles(fileOf("bad.json", [text]));
    expect(await opened.page.getByRole("alert").innerText()).toMatch(said);
  });

  it("is small: what is loaded is less than 130 kB, compressed", async () => {
    const html = await (await fetch(demo.url)).text();
    const paths = [...html.matchAll(/(?:src|href)="\.(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? "");
    expect(paths.length).toBeGreaterThanOrEqual(2);
    const files = await Promise.all(paths.map(async (path) => (await fetch(new URL(path, demo.url))).arrayBuffer()));
    const size = files.reduce((sum, file) => sum + gzipSync(file).length, 0);
    expect(size).toBeLessThan(130_000);
  });

  it("can be used by keyboard alone, reading values included", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    await page.getByLabel(/Choose files/).setInputFiles(fileOf("k.ndjson", [cbg(0, 60), cbg(1, 120), cbg(2, 200)]));
    await page.getByLabel("Reading", { exact: true }).focus();
    await page.keyboard.press("ArrowRight");
    const said = page.getByLabel("Reading", { exact: true });
    expect(await said.getAttribute("aria-valuetext")).toBe("Sun 1 Mar, 01:05 · 120 mg/dL · in range");
    expect(await page.getByText("Sun 1 Mar, 01:05 · 120 mg/dL · in range").isVisible()).toBe(true);
    await page.getByRole("radio", { name: "mg/dL" }).focus();
    await page.keyboard.press("ArrowRight");
    expect(await said.getAttribute("aria-valuetext")).toBe("Sun 1 Mar, 01:05 · 6.7 mmol/L · in range");
    await button(page, /^Send/).focus();
    await page.keyboard.press("Enter");
    await receipt(page).waitFor();
  });

  it("keeps what was sent through a reload and in a second tab, forgets an upload that is undone, and all when it is erased", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    const file = fileOf("kept.ndjson", [cbg(0, 100), cbg(1, 110), cbg(2, 120)]);
    await page.getByLabel(/Choose files/).setInputFiles(file);
    await button(page, "Send 3 datums").click();
    await receipt(page).waitFor();
    expect(await page.locator(".figures").innerText()).toMatch(/3 in the sandbox\s+0 refused\s+0 differ/);
    await page.reload();
    await page.getByLabel(/Choose files/).setInputFiles(file);
    await button(page, "Send 3 datums").click();
    await page.getByRole("heading", { name: "Nothing new" }).waitFor();

    const tab = await page.context().newPage();
    await tab.goto(demo.url);
    await tab.getByLabel(/Choose files/).setInputFiles(fileOf("more.ndjson", [cbg(2, 120), cbg(3, 130)]));
    await button(tab, "Send 2 datums").click();
    await receipt(tab).waitFor();
    expect([await count(tab, "sent"), await count(tab, "unchanged")]).toEqual(["1", "1"]);
    await button(tab, "Undo this upload").click();
    await button(tab, /^Yes, delete the 1 datum/).click();
    await tab.getByText("Deleted again: 1 record of this upload.").waitFor();
    await tab.close();

    await page.getByText("Break it, and see").click();
    await page
      .getByRole("row", { name: /org\.tideway\.web/ })
      .getByText("3", { exact: true })
      .waitFor();
    await button(page, "Erase it").click();
    await Promise.all([page.waitForEvent("load"), button(page, /^Yes, erase everything/).click()]);
    await page.getByLabel(/Choose files/).setInputFiles(file);
    await button(page, "Send 3 datums").click();
    await page.getByRole("heading", { name: "Everything arrived" }).waitFor();
  });

  it("counts right while the sandbox fails, shows which faults it met, and lets what is refused be mended and sent", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    const lines = [...Array.from({ length: 2500 }, (_, index) => cbg(index, 120)), bolus("too-much", 120)];
    await page.getByLabel(/Choose files/).setInputFiles(fileOf("broken.ndjson", lines));
    await page.getByText("Break it, and see").click();
    await page.getByRole("checkbox", { name: /the login expires/i }).check();
    await page.getByRole("checkbox", { name: /asks to slow down/i }).check();
    await button(page, "Send 2,500 datums").click();
    await page.getByRole("heading", { name: "Arrived, except for 1 datum" }).waitFor({ timeout: 60_000 });
    expect(await page.locator(".figures").innerText()).toMatch(/2,500 in the sandbox\s+1 refused\s+0 differ/);
    await page
      .getByRole("table", { name: /Requests/ })
      .getByText("429")
      .first()
      .waitFor();
    await page.getByText("Mend it").click();
    const text = await page.getByLabel("The datum as JSON").inputValue();
    await page.getByLabel("The datum as JSON").fill(text.replace("120", "12"));
    await button(page, "Look at it again").click();
    await button(page, "Send 1 datum").click();
    await page.getByRole("heading", { name: "Everything arrived" }).waitFor({ timeout: 60_000 });
  });

  it("shows the numbers of the period that is stated, in the unit that was chosen the last time", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    const days = (from: number, count: number, value: number) =>
      Array.from({ length: count * 24 }, (_, index) => cbg((from * 24 + index) * 12, value));
    const file = fileOf("days.ndjson", [...days(0, 10, 200), ...days(10, 7, 100)]);
    await page.getByLabel(/Choose files/).setInputFiles(file);
    await page.getByRole("img", { name: /^Time in range\. Time in range 41 %/ }).waitFor();
    await button(page, "7 days").click();
    await page.getByRole("img", { name: /^Time in range\. Time in range 9\d %|Time in range 100 %/ }).waitFor();
    await page.getByRole("radio", { name: "mmol/L" }).check();
    expect(await page.locator(".tiles").innerText()).toMatch(/Mean\s+5\.\d mmol\/L/);
    await page.locator("rect[data-date='2026-03-04']").click();
    await page.getByRole("img", { name: /4 March 2026\. 24 readings, mean 11\.1 mmol\/L, 0 % in range/ }).waitFor();
    await page.getByText("Search and sort all").click();
    await page.getByLabel("Search").fill("2026-03-05");
    await page.getByText("24 records", { exact: true }).waitFor();
    await page.reload();
    await page.getByLabel(/Choose files/).setInputFiles(file);
    await page.getByText(/Mean/).waitFor();
    expect(await page.getByRole("radio", { name: "mmol/L" }).isChecked()).toBe(true);
  });

  it.for([1280, 320])("has no fault that axe finds and no sideways scrolling, %s pixels wide", async (width) => {
    await using opened = await openDemo(browser, demo.url, width);
    const { page } = opened;
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    expect([await faultsOf(page), await fits()]).toEqual([[], true]);
    const lines = [
      ...Array.from({ length: 600 }, (_, index) => cbg(index, 40 + index)),
      "{ oops",
      bolus("too-much", 120)
    ];
    await page
      .getByLabel(/Choose files/)
      .setInputFiles(fileOf("a-rather-long-name-of-a-file-2026-03-01.ndjson", lines));
    await page.getByText("The numbers as a table").first().click();
    await page.getByText("Search and sort all").click();
    await page.getByText("Break it, and see").click();
    await button(page, /^Send/).click();
    await receipt(page).waitFor();
    expect([await faultsOf(page), await fits()]).toEqual([[], true]);
  });

  it.skipIf(!existsSync(tandem))("takes Tidepool’s own export (needs ../shared/samples)", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    await page.getByLabel(/Choose files/).setInputFiles(tandem);
    await button(page, "Send 2,401 datums").click();
    await receipt(page).waitFor();
    expect(await page.getByRole("table", { name: "Datums by kind" }).innerText()).toMatch(/cbg\s+2,170/);
    expect(await page.getByText("26 inside others · 2 left out").isVisible()).toBe(true);
    expect(await page.getByText(/all [\d,]+ records are as they were sent/).count()).toBe(1);
    await button(page, "Send the same again").click();
    await page.getByRole("heading", { name: "Nothing new" }).waitFor();
  });
});
