import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, openContext, whyNoBrowser } from "../../browser/launch.ts";
import { serve } from "../../browser/serve.ts";
import { startServers, type Servers } from "./start-servers.ts";

const missing = await whyNoBrowser();
const readme = new URL("../../../packages/transport/README.md", import.meta.url);

/** The README's example, bundled as a web app's build does. */
const example = async (): Promise<string> => {
  const code = /<!-- example: web-app -->\s+```ts\n([^]*?)```/.exec(await readFile(readme, "utf8"))?.[1] ?? "";
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL("../..", import.meta.url)), loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2024"
  });
  return outputFiles[0]?.text ?? "";
};

describe.skipIf(missing !== undefined)(`a web app that logs in${missing ? ` (skipped: ${missing})` : ""}`, () => {
  let browser: Browser;
  let servers: Servers;
  beforeAll(async () => {
    [browser, servers] = await Promise.all([launchBrowser(), startServers()]);
  });
  afterAll(async () => {
    await Promise.all([browser.close(), servers[Symbol.asyncDispose]()]);
  });

  it("leaves for the login page, comes back, and is still logged in after a reload and in a second tab", async () => {
    const { platform, provider } = servers.urls;
    await fetch(`${platform}/__/world`, { method: "POST", body: JSON.stringify({ issuer: provider }) });
    const login = JSON.stringify({ environment: platform, issuer: provider, clientId: "app" });
    const body = `<!doctype html><meta charset="utf-8"><title>app</title><body data-login='${login}'><script type="module" src="/app.js"></script>`;
    await using app = await serve({
      "/": { type: "text/html", body },
      "/app.js": { type: "text/javascript", body: await example() }
    });
    const context = await openContext(browser);
    const page = await context.newPage();
    await page.goto(app.url);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByText("Logged in as ann").waitFor();
    expect(page.url()).toBe(app.url);
    await page.reload();
    await page.getByText("Logged in as ann").waitFor();
    const second = await context.newPage();
    await second.goto(app.url);
    await second.getByText("Logged in as ann").waitFor();
    await context.close();
  });
});
