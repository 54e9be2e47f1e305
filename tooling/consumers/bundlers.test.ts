import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build as esbuild } from "esbuild";
import { type Plugin, rollup } from "rollup";
import { build as vite } from "vite";
import { beforeAll, expect, it } from "vitest";
import webpack from "webpack";
import { type Consumer, installConsumer } from "./install-consumer.ts";
import { metroRuntime } from "./metro-runtime.ts";
import { portableProgram, printed } from "./programs.ts";

// Its types have the function as a member of itself, which nodenext refuses to call.
const commonjs = createRequire(import.meta.url)("@rollup/plugin-commonjs") as () => Plugin;

let consumer: Consumer;
let entry: string;
let out: string;
beforeAll(async () => {
  consumer = await installConsumer("app", [metroRuntime.specifier]);
  consumer.write("program.js", portableProgram);
  entry = join(consumer.folder, "program.js");
  out = join(consumer.folder, "out");
  mkdirSync(out);
});

/** What a bundle for browsers prints; it uses nothing that Node has not, too. */
const run = (file: string) => {
  const { stdout, stderr } = spawnSync(process.execPath, [join(out, file)], { encoding: "utf8" });
  return stdout.trim() || stderr.slice(-600);
};

it("esbuild bundles the packages for a browser, minified", async () => {
  const outfile = join(out, "esbuild.mjs");
  await esbuild({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    outfile,
    logLevel: "error"
  });
  expect(run("esbuild.mjs")).toBe(printed);
});

it("Vite bundles the packages for a browser", async () => {
  await vite({
    root: consumer.folder,
    configFile: false,
    logLevel: "error",
    build: { outDir: out, emptyOutDir: false, lib: { entry, formats: ["es"], fileName: () => "vite.mjs" } }
  });
  expect(run("vite.mjs")).toBe(printed);
});

it("rollup bundles the packages for a browser", async () => {
  const bundle = await rollup({ input: entry, plugins: [nodeResolve({ browser: true }), commonjs()] });
  await bundle.write({ file: join(out, "rollup.mjs"), format: "es", inlineDynamicImports: true });
  await bundle.close();
  expect(run("rollup.mjs")).toBe(printed);
});

it("webpack bundles the packages for a browser", async () => {
  const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) => {
    webpack(
      {
        mode: "production",
        target: "web",
        context: consumer.folder,
        entry,
        output: { path: out, filename: "webpack.mjs", publicPath: "" },
        performance: false,
        // Terser takes most of the time, and has nothing to do with how packages are found and put together.
        optimization: { minimize: false },
        // What is loaded lazily comes through a script element, which Node has not.
        plugins: [new webpack.optimize.LimitChunkCountPlugin({ maxChunks: 1 })]
      },
      (error, result) => (error ? reject(error) : resolve(result))
    );
  });
  expect(stats?.toJson({ all: false, errors: true }).errors).toEqual([]);
  expect(run("webpack.mjs")).toBe(printed);
});
