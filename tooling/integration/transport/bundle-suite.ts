import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

const suite = fileURLToPath(new URL("../../../packages/transport/test/", import.meta.url));
const runner = fileURLToPath(new URL("../../browser/suite/vitest-in-page.ts", import.meta.url));
const tooling = fileURLToPath(new URL("../..", import.meta.url));

/** The transport's test files that need no Node of their own. */
export const suiteFiles = async (): Promise<ReadonlyArray<string>> =>
  (await readdir(suite)).filter((name) => name.endsWith(".test.ts")).sort();

// The servers run in Node, outside the page: their addresses come in when a file is run.
const servers = `
  const at = (name) => Promise.resolve({ url: globalThis.servers[name], close: () => Promise.resolve() });
  export const startPlatform = () => at("platform");
  export const startProvider = () => at("provider");
  export const inBrowser = true;
`;

const inPage: Plugin = {
  name: "in-page",
  setup(build) {
    build.onResolve({ filter: /^vitest$/ }, () => ({ path: runner }));
    // Asked for only where the tests find themselves in Node.
    build.onResolve({ filter: /^(?:node:|fake-indexeddb$)/ }, ({ path }) => ({ path, namespace: "node-only" }));
    build.onLoad({ filter: /./, namespace: "node-only" }, () => ({ contents: "export {};" }));
    build.onLoad({ filter: /\/test\/platform\/start\.ts$/ }, () => ({ contents: servers, loader: "ts" }));
  }
};

/** Bundles the test files into one module that exports `run(file, servers)`. Dispose of it to delete the file. */
export const bundleSuite = async (): Promise<{ readonly module: URL } & AsyncDisposable> => {
  const files = await suiteFiles();
  const loaders = files.map((name) => `${JSON.stringify(name)}: () => import(${JSON.stringify(join(suite, name))})`);
  const folder = await mkdtemp(join(tooling, "dist", "suite-"));
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { runFile } from ${JSON.stringify(runner)};
        const loaders = { ${loaders.join(", ")} };
        export const run = (file, servers) => {
          globalThis.servers = servers;
          return runFile(loaders[file]);
        };
      `,
      resolveDir: tooling
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2024",
    plugins: [inPage],
    logLevel: "silent"
  });
  const file = join(folder, "suite.js");
  await writeFile(file, outputFiles[0]?.contents ?? "");
  return { module: pathToFileURL(file), [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
};
