import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** What the page may do: run its own scripts, and nothing else. `connect-src 'none'` is the promise that no data leaves. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'none'",
  // The worker starts from a `blob:`, so that this policy holds in it as well, and imports its script from here.
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'"
].join("; ");

// Only for what is built: the development server needs a connection and inline code for its own purposes.
const contentSecurityPolicy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: policy }, injectTo: "head-prepend" }
  ]
};

export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that the build works under any path of any host.
  base: "./",
  // Where this repository serves the build itself, the policy comes as a header, too.
  preview: {
    headers: {
      "Content-Security-Policy": policy,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer"
    }
  },
  plugins: [react(), contentSecurityPolicy],
  // Parts that load when they are needed: each format by itself, the sandbox only for an upload.
  worker: { format: "es" },
  build: { target: "es2024", modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1_000 }
});
