import { basename, join } from "node:path";
import { build } from "esbuild";

/** What a package of the old kind takes for granted. */
const banner = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

/**
 * Puts each of some programs into one file in a folder, as programs are given to users: it starts several times faster than
 * its sources, of which nothing is left to be stripped of types. Returns the path of the first.
 */
export const bundlePrograms = async (
  sources: readonly [string, ...ReadonlyArray<string>],
  folder: string
): Promise<string> => {
  await build({
    entryPoints: [...sources],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    banner: { js: banner },
    logLevel: "error"
  });
  return join(folder, basename(sources[0]).replace(/\.ts$/, ".mjs"));
};
