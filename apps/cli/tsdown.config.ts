import { defineConfig } from "tsdown";

// One file with everything in it starts three times as fast as a tree of modules. The keyring is a native library.
export default defineConfig({
  entry: ["src/main.ts"],
  format: "esm",
  platform: "node",
  target: "node22.19",
  deps: { alwaysBundle: [/./], neverBundle: ["@napi-rs/keyring"] },
  minify: true,
  dts: false,
  outExtensions: () => ({ js: ".js" })
});
