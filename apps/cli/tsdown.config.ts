import { defineConfig } from "tsdown";
import { thirdPartyLicences } from "./third-party-licences.ts";

// One file with everything in it starts three times as fast as a tree of modules. The keyring is a native library.
export default defineConfig({
  entry: ["src/main.ts"],
  format: "esm",
  platform: "node",
  target: "node22.19",
  deps: { alwaysBundle: [/./], neverBundle: ["@napi-rs/keyring"] },
  minify: true,
  dts: false,
  plugins: [thirdPartyLicences("THIRD-PARTY-LICENSES.txt")],
  outExtensions: () => ({ js: ".js" })
});
