export { createBrowserSandbox, type BrowserSandbox, type BrowserSandboxOptions } from "./browser-sandbox.ts";
