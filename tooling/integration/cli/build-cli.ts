import { join } from "node:path";
import { build } from "esbuild";
import { onceInRun } from "../../once/once-in-run.ts";

const source = new URL("../../../apps/cli/src/", import.meta.url).pathname;

/** `tideway` bundled as users get it, once in a run of the tests: its folder, and the file that Node starts. */
export const buildCli = async (): Promise<{ readonly folder: string; readonly program: string }> => {
  const folder = await onceInRun("cli", async (outdir) => {
    await build({
      entryPoints: { main: join(source, "main.ts"), "read-file": join(source, "input/read-file.ts") },
      outdir,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      platform: "node",
      format: "esm",
      target: "node22",
      external: ["@napi-rs/keyring"],
      logLevel: "error"
    });
  });
  return { folder, program: join(folder, "main.mjs") };
};
