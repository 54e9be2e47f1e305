import { join } from "node:path";
import { build } from "esbuild";

/** What a package of the old kind takes for granted. */
const banner = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

/** Bundles `run.ts` into a folder, as programs are given to users: nothing is left to be stripped of types. Returns its path. */
export const bundleRun = async (folder: string): Promise<string> => {
  await build({
    entryPoints: ["run.ts", "read-file.ts"].map((name) => join(import.meta.dirname, name)),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    banner: { js: banner },
    logLevel: "error"
  });
  return join(folder, "run.mjs");
};
