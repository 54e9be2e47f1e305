import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadConfig, runBuild } from "metro";
import { beforeAll, expect, it } from "vitest";
import { type Consumer, installConsumer } from "./install-consumer.ts";
import { metroRuntime } from "./metro-runtime.ts";
import { portableProgram, printed } from "./programs.ts";

const page = readFileSync(join(import.meta.dirname, "..", "..", "packages", "transport", "REACT-NATIVE.md"), "utf8");

/** What the page says that Hermes may lack: the names in the first column of its table. */
const named = [...page.matchAll(/^\| (`.*?)\|/gm)].flatMap(([, cell = ""]) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name)
);

/** What React Native has had for long, and what every engine has. */
const always =
  "console setTimeout clearTimeout setInterval clearInterval setImmediate clearImmediate queueMicrotask fetch Headers Request Response AbortController AbortSignal FormData Blob performance btoa atob WeakRef global globalThis Event EventTarget";

/** Methods that came after ECMAScript 2020, by where they are. */
const newer = {
  "Array.prototype": "findLast findLastIndex toReversed toSorted toSpliced with",
  Array: "fromAsync",
  "String.prototype": "isWellFormed toWellFormed",
  Object: "groupBy",
  Map: "groupBy",
  Promise: "withResolvers try",
  "Set.prototype": "union intersection difference symmetricDifference isSubsetOf isSupersetOf isDisjointFrom"
};

/** Runs the bundle among the globals that the page names, those that React Native has, and those of ECMAScript 2020. */
const runner = `
const vm = require("node:vm");
const named = new Set(${JSON.stringify(named)}.flatMap((name) => [name, name.split(".")[0]]));
const context = vm.createContext({});
// A context has these of its own, with the newer methods that are taken away below.
const ecmaScript = new Set(["Array", "String", "Object", "Map", "Promise", "Set"]);
// Bytes come from Node's own functions, too, and must be the same kind of bytes.
for (const name of ["ArrayBuffer", "Uint8Array", ...named, ...${JSON.stringify(always.split(" "))}]) {
  if (name in globalThis && !ecmaScript.has(name)) context[name] = globalThis[name];
}
context.globalThis = context.global = context;
const remove = (newer, names) => {
  for (const [owner, methods] of Object.entries(newer)) {
    const holder = owner.split(".").reduce((value, key) => value?.[key], globalThis);
    if (holder === undefined) continue;
    for (const method of methods.split(" ")) if (!names.includes(owner.split(".")[0] + "." + method)) delete holder[method];
  }
  for (const name of ["Atomics", "Iterator", "SharedArrayBuffer", "WebAssembly"]) delete globalThis[name];
};
vm.runInContext("(" + remove + ")(" + ${JSON.stringify(JSON.stringify(newer))} + "," + JSON.stringify([...named]) + ")", context);
vm.runInContext(require("node:fs").readFileSync("metro.js", "utf8"), context);
`;

/** Uploads over HTTP too, into a sandbox in the same program. */
const nativeProgram = `
import { createClient as createHttpClient } from "@tideway/core";
import { createSandbox } from "@tideway/sandbox";
import { createTransport, passwordLogin } from "@tideway/transport";
${portableProgram.replace(/^start\(\).*$/m, "")}
const overHttp = async () => {
  const { fetch } = createSandbox();
  const credentials = passwordLogin({ email: "demo@tideway.example", password: "tideway" });
  const transport = createTransport({ environment: { fetch }, credentials });
  const { userId } = await transport.currentUser();
  const client = createHttpClient({ transport, userId, app: { name: "org.example.app", version: "1.0.0" } });
  const source = [{ type: "cbg", time: "2026-01-01T08:00:00Z", units: "mg/dL", value: 104 }];
  const { sent, rejected } = await client.upload(source);
  const { matched } = await client.verify(source);
  return sent + " sent, " + rejected + " rejected, " + matched + " matched";
};
start().then(console.log).then(overHttp).then(console.log, (error) => console.log(error.stack, error.cause));
`;

let consumer: Consumer;
beforeAll(async () => {
  consumer = await installConsumer("app", [metroRuntime.specifier]);
  consumer.write("native.js", nativeProgram);
  consumer.write("run-native.cjs", runner);
});

it("Metro bundles the packages for React Native, and what they need is named", async () => {
  expect(named.length).toBeGreaterThan(8);
  const config = await loadConfig(
    { cwd: consumer.folder },
    {
      projectRoot: consumer.folder,
      // Metro bundles its own runtime, and only files below folders that it watches.
      watchFolders: [metroRuntime.folder],
      resetCache: true,
      reporter: { update: () => undefined },
      resolver: { unstable_enablePackageExports: true },
      transformer: {
        getTransformOptions: async () => ({ transform: { experimentalImportSupport: true, inlineRequires: false } })
      }
    }
  );
  const out = join(consumer.folder, "metro.js");
  const entry = join(consumer.folder, "native.js");
  await runBuild(config, { entry, out, platform: "ios", dev: false, minify: false });
  const { stdout, stderr } = spawnSync(process.execPath, ["./run-native.cjs"], {
    cwd: consumer.folder,
    encoding: "utf8"
  });
  expect(stdout.trim() || stderr.slice(-600)).toBe(`${printed}\n1 sent, 0 rejected, 1 matched`);
});
