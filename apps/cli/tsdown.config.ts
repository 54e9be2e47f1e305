import { type UserConfig, defineConfig } from "tsdown";
import { thirdPartyLicences } from "./third-party-licences.ts";

// One file with everything in it starts three times as fast as a tree of modules. The keyring is a native library.
const options: UserConfig = {
  format: "esm",
  platform: "node",
  target: "node22.19",
  deps: { alwaysBundle: [/./], neverBundle: ["@napi-rs/keyring"] },
  minify: true,
  dts: false,
  outExtensions: () => ({ js: ".js" })
};

export default defineConfig([
  { ...options, entry: ["src/main.ts"], plugins: [thirdPartyLicences("THIRD-PARTY-LICENSES.txt")] },
  // What another thread runs. All that is in it is in the other file, too, and so are the licences.
  { ...options, entry: ["src/input/read-file.ts"] }
]);
