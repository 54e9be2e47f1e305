import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, whyNoBrowser } from "../../browser/launch.ts";
import { fileOf, openDemo } from "./open-demo.ts";
import { type ServedDemo, serveDemo } from "./serve-demo.ts";

const missing = await whyNoBrowser();
const samples = fileURLToPath(new URL("../../../../shared/samples", import.meta.url));
const hasSamples = existsSync(samples);

const cbg = (index: number, value: number, more = {}) => ({
  type: "cbg",
  time: new Date(Date.UTC(2026, 2, 1) + index * 300_000).toISOString(),
  value,
  units: "mg/dL",
  origin: { id: `cbg-${index}` },
  ...more
});

const clarity = [
  "Index,Timestamp (YYYY-MM-DDThh:mm:ss),Event Type,Event Subtype,Patient Info,Device Info,Source Device ID,Glucose Value (mg/dL),Insulin Value (u),Carb Value (grams),Duration (hh:mm:ss),Glucose Rate of Change (mg/dL/min),Transmitter Time (Long Integer),Transmitter ID",
  "1,,Device,,,Dexcom G6 Mobile App,,,,,,,,",
  "2,2026-03-01T00:04:00,EGV,,,,iPhone G6,112,,,,,1000,8ABCDE",
  "3,2026-03-01T00:09:00,EGV,,,,iPhone G6,114,,,,,1300,8ABCDE"
];

const choose = (page: Page, files: Parameters<ReturnType<Page["getByLabel"]>["setInputFiles"]>[0]) =>
  page.getByLabel(/Choose files/).setInputFiles(files);
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

describe.skipIf(missing !== undefined)(`files in the page${missing ? ` (skipped: ${missing})` : ""}`, () => {
  let demo: ServedDemo;
  let browser: Browser;
  beforeAll(async () => {
    [demo, browser] = await Promise.all([serveDemo(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.[Symbol.asyncDispose]();
  });

  it("asks for the zone, takes none by itself, and stores the times that the answer means", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    await choose(page, fileOf("clarity.csv", clarity));
    await page.getByRole("heading", { name: "clarity.csv: something has to be known first" }).waitFor();
    expect(await focused(page)).toContain("something has to be known first");
    expect(await page.getByText("Dexcom Clarity CSV").isVisible()).toBe(true);
    expect(await page.getByText("2026-03-01T00:04:00").first().isVisible()).toBe(true);
    expect(await page.getByLabel("Time zone").inputValue()).toBe("");
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    await button(page, "Show the data").click();
    expect(await page.getByRole("alert").innerText()).toContain("nothing is guessed");
    await page.getByLabel("Time zone").fill("Europe/Berlin");
    await button(page, "Show the data").click();
    await page.getByRole("heading", { name: "clarity.csv", exact: true }).waitFor();
    await page.getByText(/Times are in Europe\/Berlin, as you told/).waitFor();
    await page.getByRole("img", { name: /Glucose from 1 Mar 2026/ }).waitFor();
    await button(page, "Send 2 datums").click();
    await page.getByRole("heading", { name: "Everything arrived" }).waitFor();
  });

  it("suggests the zone of the browser as a button", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    await choose(page, fileOf("clarity.csv", clarity));
    const here = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
    await button(page, `Use that of this browser: ${here}`).click();
    expect(await page.getByLabel("Time zone").inputValue()).toBe(here);
  });

  it("takes several files at once, and names the one that cannot be read with what to do", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    await choose(page, [
      fileOf("a.ndjson", [cbg(0, 100)]),
      fileOf("b.ndjson", [cbg(1, 100)]),
      fileOf("r.pdf", ["%PDF-1.7\n1 0 obj"])
    ]);
    await page.getByRole("heading", { name: "3 files" }).waitFor();
    expect(await page.getByText("1 file cannot be read.").isVisible()).toBe(true);
    expect(await page.getByText(/^r\.pdf is a PDF .+\./).isVisible()).toBe(true);
    await button(page, "Send 2 datums").click();
    await page.getByRole("heading", { name: "Arrived, except for 1 datum" }).waitFor();
  });

  it("asks for the encoding of a file that is not UTF-8, and reads it with that", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    const text = Array.from({ length: 40 }, (_, index) =>
      JSON.stringify(cbg(index, 100, { deviceId: "Gerät für Öl" }))
    );
    await choose(page, {
      name: "old.ndjson",
      mimeType: "application/json",
      buffer: Buffer.from(text.join("\n"), "latin1")
    });
    await page.getByLabel("The text is encoded in").waitFor();
    expect(await page.getByLabel("The text is encoded in").inputValue()).toBe("windows-1252");
    await button(page, "Read it so").click();
    await page.getByRole("heading", { name: "old.ndjson" }).waitFor();
    await button(page, "Send 40 datums").click();
    await page.getByRole("heading", { name: "Everything arrived" }).waitFor();
  });

  it("keeps the receipt where the next file is wrong", async () => {
    await using opened = await openDemo(browser, demo.url);
    const { page } = opened;
    await choose(page, fileOf("a.ndjson", [cbg(0, 100)]));
    await button(page, "Send 1 datum").click();
    await page.getByRole("heading", { name: "Everything arrived" }).waitFor();
    await choose(page, fileOf("wrong.txt", ["hello"]));
    await page.getByText("wrong.txt cannot be read.").waitFor();
    expect(await page.getByRole("heading", { name: "Everything arrived" }).isVisible()).toBe(true);
  });

  it.skipIf(!hasSamples).for([
    ["dexcom-clarity/Clarity_Export_synthetic.csv", "Europe/Berlin"],
    ["libreview/us_mgdl_12h.csv", "America/New_York"],
    ["iglu/example_data_1_subject.csv", "America/New_York"],
    ["nightscout/patient_a_entries.json", ""],
    ["tidepool/device-Loop.json", ""]
  ] as const)("takes %s as it is (needs ../shared/samples)", async ([file, zone]) => {
    await using opened = await openDemo(browser, demo.url);
    const { page, complaints } = opened;
    page.setDefaultTimeout(60_000);
    await choose(page, `${samples}/${file}`);
    if (zone !== "") {
      await page.getByLabel("Time zone").fill(zone);
      await button(page, "Show the data").click();
    }
    await button(page, /^Send [\d,]+ datums$/).click();
    await page.getByRole("heading", { name: /^(Everything arrived|Arrived)/ }).waitFor();
    expect(await page.getByText(/all [\d,]+ records are as they were sent/).count()).toBe(1);
    await button(page, "Send the same again").click();
    await page.getByRole("heading", { name: "Nothing new" }).waitFor();
    expect(complaints).toEqual([]);
  });
});
