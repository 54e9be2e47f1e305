import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { openContext } from "./launch.ts";
import { serve } from "./serve.ts";

/** A page that a module runs in. */
export interface ModulePage {
  readonly page: Page;
  /** Calls a function that the module exports; arguments and result travel as structured data. */
  call(name: string, ...args: ReadonlyArray<unknown>): Promise<unknown>;
}

/** A TypeScript module that runs in a page; disposing of it closes all its pages and its server. */
export interface OpenModule extends ModulePage, AsyncDisposable {
  /** Opens the module in another tab of the same browser window, which shares what the first one stores. */
  openTab(): Promise<ModulePage>;
}

/** How the module runs. */
export interface OpenModuleOptions {
  /** The page's own thread, or a module worker. Default: `page`. */
  readonly in?: "page" | "worker";
  /** The page's Content-Security-Policy. Default: scripts from its own server only, and no eval. */
  readonly policy?: string;
}

const bundle = async (entry: URL): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2024",
    alias: { vitest: fileURLToPath(new URL("suite/vitest-in-page.ts", import.meta.url)) },
    logLevel: "silent"
  });
  return outputFiles.map((file) => file.text).join("");
};

// The call runs in a task of the page's own: within the task of a debugger's evaluation the page's policy does not hold.
const pageScript = `
import * as module from "/module.js";
globalThis.callModule = async (name, args) => {
  await new Promise((resolve) => setTimeout(resolve));
  return module[name](...args);
};
`;

const workerScript = `
import * as module from "/module.js";
self.onmessage = async ({ data: { id, name, args } }) => {
  try { self.postMessage({ id, result: await module[name](...args) }); }
  catch (error) { self.postMessage({ id, error }); }
};
`;

const workerPageScript = `
const worker = new Worker("/worker.js", { type: "module" });
const waiting = new Map();
let next = 0;
worker.onerror = ({ message }) => { for (const { reject } of waiting.values()) reject(new Error(message)); };
worker.onmessage = ({ data }) => {
  const { resolve, reject } = waiting.get(data.id);
  waiting.delete(data.id);
  "error" in data ? reject(data.error) : resolve(data.result);
};
globalThis.callModule = (name, args) => new Promise((resolve, reject) => {
  const id = next++;
  waiting.set(id, { resolve, reject });
  worker.postMessage({ id, name, args });
});
`;

const openPage = async (context: BrowserContext, url: string): Promise<ModulePage> => {
  const page = await context.newPage();
  const faults: Array<string> = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(url, { waitUntil: "load" });
  return {
    page,
    call: async (name, ...args) => {
      if (faults.length > 0) throw new Error(`The module failed to load: ${faults.join("; ")}`);
      return page.evaluate(
        ({ name, args }) =>
          (globalThis as unknown as { callModule(name: string, args: ReadonlyArray<unknown>): unknown }).callModule(
            name,
            args
          ),
        { name, args }
      );
    }
  };
};

/** Bundles a TypeScript module for browsers and opens it in an empty page, in a context of its own. */
export const openModule = async (
  browser: Browser,
  entry: URL,
  { in: where = "page", policy = "default-src 'self'; connect-src *" }: OpenModuleOptions = {}
): Promise<OpenModule> => {
  const headers = { "content-security-policy": policy };
  const script = (body: string) => ({ type: "text/javascript", body, headers });
  const server = await serve({
    "/": {
      type: "text/html",
      body: `<!doctype html><meta charset="utf-8"><title>module</title><script type="module" src="/start.js"></script>`,
      headers
    },
    "/start.js": script(where === "page" ? pageScript : workerPageScript),
    "/worker.js": script(workerScript),
    "/module.js": script(await bundle(entry))
  });
  const context = await openContext(browser);
  const openTab = () => openPage(context, server.url);
  return {
    ...(await openTab()),
    openTab,
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await server[Symbol.asyncDispose]();
    }
  };
};
