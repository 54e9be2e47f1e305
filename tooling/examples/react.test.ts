import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, whyNoBrowser } from "../browser/launch.ts";
import { type ServedFile, serve } from "../browser/serve.ts";
import { type Example, openExample } from "./open-example.ts";
import { ann, reading, startSandbox } from "./sandbox-with-people.ts";

const missing = await whyNoBrowser();
const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

let example: Example;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => {
  [example, sandbox] = await Promise.all([openExample("react"), startSandbox()]);
});
afterAll(() => sandbox.close());

it("compiles by its strict options", async () => expect(await example.compile()).toBe(""));

/** Every file of a build, by its path. */
const filesOf = (folder: string): Record<string, ServedFile> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        const url = path.slice(folder.length).replaceAll("\\", "/");
        const file = { type: types[extname(name)] ?? "application/octet-stream", body: readFileSync(path) };
        return [url === "/index.html" ? "/" : url, file];
      })
  );

it.skipIf(missing !== undefined)("is built, logs a person in, uploads a file and shows the receipt", async () => {
  const vite = join(example.folder, "..", "..", "node_modules", "vite", "bin", "vite.js");
  const built = spawnSync(process.execPath, [vite, "build", "--logLevel", "error"], {
    cwd: example.folder,
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "production", VITE_TIDEWAY_API: sandbox.url, VITE_TIDEWAY_CLIENT_ID: "page" }
  });
  expect(built).toMatchObject({ status: 0, stderr: "" });
  await using app = await serve(filesOf(join(example.folder, "dist")));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const faults: Array<string> = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    await page.goto(app.url);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.locator("input[name=username]").fill(ann.email);
    await page.locator("input[name=password]").fill(ann.password);
    await page.getByRole("button").click();
    const file = page.getByLabel("File");
    await file.waitFor();
    const choose = (readings: ReadonlyArray<object>) =>
      file.setInputFiles({
        name: "readings.json",
        mimeType: "application/json",
        buffer: Buffer.from(JSON.stringify(readings))
      });
    // The bar is there for a moment only: what it showed is noted in the page.
    await page.evaluate(() => {
      const shown = ((globalThis as unknown as { shown: Array<string | null> }).shown = []) as Array<string | null>;
      new MutationObserver(() => {
        const bar = document.querySelector("progress");
        if (bar) shown.push(bar.getAttribute("value"));
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await choose([...Array.from({ length: 3000 }, (_, index) => reading(index * 5)), { type: "cbg" }]);
    await page.getByText("3000 sent, 0 already there, 1 rejected").waitFor();
    await page.getByText(/element 3001: .*time/).waitFor();
    const shown = await page.evaluate(() => (globalThis as unknown as { shown: Array<string | null> }).shown);
    expect(shown[0]).toBeNull();
    expect(shown.map(Number)).toEqual(shown.map(Number).sort((a, b) => a - b));
    expect(Number(shown.at(-1))).toBeGreaterThan(0.3);
    await page.reload();
    await file.waitFor();
    await choose([reading(0)]);
    await page.getByText("0 sent, 1 already there, 0 rejected").waitFor();
    expect(faults).toEqual([]);
    expect(await sandbox.timesOf(ann)).toHaveLength(3000);
  } finally {
    await browser.close();
  }
});
