// `npm run web`: builds the demo and serves it from this machine, as it would be published, until stopped.
// `npm run web -- --port 5000` chooses the port; 0 takes a free one. `--built FOLDER` serves what was built there before.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, preview } from "vite";

const { values } = parseArgs({ options: { port: { type: "string", default: "4173" }, built: { type: "string" } } });
const root = fileURLToPath(new URL("../../apps/web", import.meta.url));
const outDir = values.built ?? `${root}/dist`;
const shared = { root, configFile: `${root}/vite.config.ts`, logLevel: "warn", build: { outDir } } as const;

process.env["NODE_ENV"] = "production";
if (values.built === undefined) await build(shared);
const server = await preview({ ...shared, preview: { host: "127.0.0.1", port: Number(values.port) } });
console.log(`The Tideway demo is at ${server.resolvedUrls?.local[0]} (stop it with Ctrl+C)`);
