import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, whyNoBrowser } from "../../browser/launch.ts";
import { fileOf, openDemo } from "./open-demo.ts";
import { buildDemo, type ServedDemo, serveDemo } from "./serve-demo.ts";

const missing = await whyNoBrowser();
const tandem = fileURLToPath(new URL("../../../../shared/samples/tidepool/device-Tandem-G6.json", import.meta.url));

const at = (index: number) => new Date(Date.UTC(2026, 2, 1) + index * 300_000).toISOString();
const cbg = (index: number, value: number, more = {}) => ({
  type: "cbg",
  time: at(index),
  value,
  units: "mg/dL",
  origin: { id: `cbg-${index}` },
  ...more
});
const readings = (count: number, value = 120) => Array.from({ length: count }, (_, index) => cbg(index, value));

const choose = (page: Page, name: string, lines: ReadonlyArray<unknown>) =>
  page.getByLabel(/Choose files/).setInputFiles(fileOf(name, lines));
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const focused = (page: Page) =>
  page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.textContent ?? ""}`);

/** Elements that hide a part of what is in them, and texts that stand outside of the page. */
const clipped = (page: Page) =>
  page.evaluate(() => {
    const found: Array<string> = [];
    for (const element of document.querySelectorAll<HTMLElement>("main *")) {
      if (element.closest(".unseen") || element instanceof HTMLInputElement || element instanceof HTMLSelectElement)
        continue;
      const { overflowX, overflowY } = getComputedStyle(element);
      const isCut =
        (overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) ||
        (overflowY !== "visible" && element.scrollHeight > element.clientHeight + 1);
      if (isCut && !(element instanceof SVGElement)) found.push(`${element.tagName}.${element.className} is cut`);
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      const parent = text.parentElement;
      if (!parent || parent.closest(".unseen, noscript, title, desc, option, datalist, script, style")) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const { left, right, width } = range.getBoundingClientRect();
      const frame = (parent.closest("svg, .card, .chooser") ?? document.body).getBoundingClientRect();
      if (width > 0 && (left < frame.left - 1 || right > frame.right + 1))
        found.push(`"${text.textContent}" sticks out`);
    }
    return found;
  });

/** The built page under a path of a host, as static hosts serve it. */
const serveUnder = async (path: string) => {
  const dist = await buildDemo();
  const types: Record<string, string> = { html: "text/html", js: "text/javascript", css: "text/css" };
  const server = createServer(async ({ url = "" }, response) => {
    const file = url === path ? "index.html" : url.startsWith(path) ? url.slice(path.length) : undefined;
    const body = file === undefined ? undefined : await readFile(join(dist, file)).catch(() => undefined);
    response.writeHead(body ? 200 : 404, { "content-type": types[file?.split(".").at(-1) ?? ""] ?? "text/plain" });
    response.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    [Symbol.asyncDispose]: async () => void server.close()
  };
};

describe.skipIf(missing !== undefined)(`the preview in a browser${missing ? ` (skipped: ${missing})` : ""}`, () => {
  let demo: ServedDemo;
  let browser: Browser;
  beforeAll(async () => {
    [demo, browser] = await Promise.all([serveDemo(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.[Symbol.asyncDispose]();
  });

  it("shows what will be stored where ids come twice, and as much arrives", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    await choose(page, "twice.ndjson", [...readings(20, 100), ...readings(20, 200), cbg(50, -5)]);
    await page.getByText("20 replaced by a later version · 1 refused").waitFor();
    expect(await page.getByRole("table", { name: "Datums by kind" }).innerText()).toMatch(/cbg\s+20/);
    expect(await page.locator(".tiles").innerText()).toMatch(/Mean\s+200 mg\/dL/);
    await button(page, "Send 20 datums").click();
    await page.getByRole("heading", { name: "Arrived, except for 1 datum" }).waitFor();
    expect(await page.locator("tfoot [data-count=sent]").textContent()).toBe("20");
  });

  it("opens on the bulk of the readings, names the odd one in 2099, and names the period of its numbers", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    await choose(page, "odd.ndjson", [
      ...readings(600),
      cbg(9, 100, { time: "2099-01-02T12:00:00Z", origin: { id: "o" } })
    ]);
    await page.getByRole("img", { name: /Glucose from 1 Mar 2026 to 3 Mar 2026/ }).waitFor();
    expect(await page.locator(".notice").innerText()).toContain("2 Jan 2099");
    expect(await page.locator(".tiles").innerText()).toMatch(/Sensor active\s+100 %/);
    expect(await page.getByRole("heading", { name: "Numbers from 1 Mar 2026 to 3 Mar 2026" }).count()).toBe(1);
    expect(await page.getByText(/then nothing for 26,\d\d\d days/).isVisible()).toBe(true);
  });

  it("asks before it sends mmol/L that are labelled mg/dL", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    await choose(page, "mixed-up.ndjson", readings(40, 8.1));
    await page.getByText(/40 glucose values labelled mg\/dL look like mmol\/L/).waitFor();
    expect(await button(page, "Send 40 datums").isDisabled()).toBe(true);
    await page.getByRole("checkbox", { name: /The label is right/ }).check();
    expect(await button(page, "Send 40 datums").isDisabled()).toBe(false);
  });

  it("puts the focus where it goes on: the file, Stop, the receipt; and keeps it at the ends of the curve", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    await button(page, "Use made-up data").click();
    await page.getByRole("heading", { name: "made-up.ndjson" }).waitFor();
    expect(await focused(page)).toBe("H2 made-up.ndjson");
    await button(page, "Earlier").focus();
    for (let press = 0; press < 6; press++) await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("BUTTON Earlier");
    await button(page, /^Send/).click();
    await button(page, "Stop").waitFor();
    expect(await focused(page)).toBe("BUTTON Stop");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").filter({ hasText: "Stopped." }).waitFor();
    expect(await focused(page)).toMatch(/^BUTTON Send/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /^Arrived/ }).waitFor();
    expect(await focused(page)).toMatch(/^H2 Arrived/);
  });

  it("warns before a reload in the middle of an upload, and not after it", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    const dialogs: Array<string> = [];
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.type());
      void dialog.dismiss();
    });
    await button(page, "Use made-up data").click();
    await button(page, /^Send/).click();
    await button(page, "Stop").waitFor();
    await page.evaluate(() => location.reload());
    await page.getByRole("heading", { name: /^Arrived/ }).waitFor();
    expect(dialogs).toEqual(["beforeunload"]);
    await page.reload();
    expect(dialogs).toHaveLength(1);
  });

  it("works under a path of a host", async () => {
    await using host = await serveUnder("/some/path/");
    await using opened = await openDemo(browser, host.url);
    const { page, complaints } = opened;
    await choose(page, "a.ndjson", readings(3));
    await button(page, "Send 3 datums").click();
    await page.getByRole("heading", { name: "Everything arrived" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("prints on one sheet of paper, without buttons, after an upload", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    await choose(page, "a.ndjson", readings(3000));
    await button(page, "Send 3,000 datums").click();
    await page.getByRole("heading", { name: "Everything arrived" }).waitFor();
    const sheets = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g);
    expect(sheets).toHaveLength(1);
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("button").count()).toBe(0);
  });

  it("has a dark theme in which axe finds nothing", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    await page.emulateMedia({ colorScheme: "dark" });
    await choose(page, "a.ndjson", [
      ...readings(300),
      cbg(999, -5),
      cbg(9, 1, { time: "2099-01-01T00:00:00Z", origin: { id: "o" } })
    ]);
    await button(page, "Send 301 datums").click();
    await page.getByRole("heading", { name: /^Arrived/ }).waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
      "rgb(14, 20, 26)"
    );
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  });

  it.skipIf(!existsSync(tandem))(
    "clips no text and has no box that scrolls, from 320 to 1440 pixels wide (needs ../shared/samples)",
    async () => {
      await using opened = await openDemo(browser, demo.url);
      const { page } = opened;
      const expectWhole = async () => {
        for (const width of [320, 375, 768, 1440]) {
          await page.setViewportSize({ width, height: 900 });
          // Charts are drawn anew once they know how wide they are.
          await expect.poll(() => clipped(page), { message: `${width} pixels wide`, timeout: 20_000 }).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        }
      };
      await expectWhole();
      await page.getByLabel(/Choose files/).setInputFiles(tandem);
      await page.getByText("The numbers as a table").first().click();
      await expectWhole();
      await button(page, "Send 2,401 datums").click();
      await page.getByRole("heading", { name: "Everything arrived" }).waitFor();
      await expectWhole();
    }
  );
});
