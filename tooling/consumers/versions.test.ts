import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { type Consumer, installConsumer } from "./install-consumer.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const workspace = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");

/** What the catalog pins, which is what everything else is tested with. */
const tested = (name: string) => new RegExp(`^ {2}${name}: (\\d+\\.\\d+\\.\\d+)$`, "m").exec(workspace)![1]!;
/** The least that the published range allows. */
const oldest = (name: string) => new RegExp(`^ {4}${name}: \\^(\\d+\\.\\d+\\.\\d+)$`, "m").exec(workspace)![1]!;

const program = `
import { createClient } from "@tideway/core";
import { Ledger, Transport, upload } from "@tideway/core/effect";
import { createMemoryTransport } from "@tideway/core/testing";
import { cbg } from "@tideway/schemas/kinds/cbg";
import * as Effect from "effect/Effect";
import * as z from "zod/mini";

const reading = { type: "cbg", time: "2026-01-01T08:00:00Z", units: "mg/dL", value: 104 } as const;
const transport = createMemoryTransport();
const target = { userId: "0123456789", app: { name: "org.example.app", version: "1.0.0" } };
const parsed = cbg.zod(z).parse(reading);
const refused = cbg.zod(z).safeParse({ ...reading, value: 2000 }).success;
const promised = await createClient({ ...target, transport }).upload([parsed]);
const run = await upload(target, [parsed]).pipe(
  Effect.provide(Ledger.layerMemory),
  Effect.provideService(Transport, transport),
  Effect.runPromise
);
console.log(typeof Ledger, refused, promised.sent, run.sent);
`;

describe.each([
  { name: "the oldest versions that the ranges allow", versionOf: oldest },
  { name: "the versions that everything else is tested with", versionOf: tested }
])("an app with $name", ({ versionOf }) => {
  const [effect, zod] = [versionOf("effect"), versionOf("zod")];
  const further = [`typescript@${tested("typescript")}`, `@types/node@${tested('"@types/node"')}`];
  let consumer: Consumer;
  beforeAll(async () => {
    consumer = await installConsumer(`effect-${effect}-zod-${zod}`, [`effect@${effect}`, `zod@${zod}`, ...further]);
    consumer.write("program.ts", program);
  });

  const compiler = join("node_modules", "typescript", "bin", "tsc");
  const tsc = (...options: ReadonlyArray<string>) =>
    spawnSync(process.execPath, [compiler, "--noEmit", "--strict", "--module", "nodenext", ...options], {
      cwd: consumer.folder,
      encoding: "utf8"
    });

  it("gets one copy of each", () => {
    const copies = globSync("**/node_modules/{effect,zod}/package.json", { cwd: consumer.folder }).map((file) => {
      const { name, version } = JSON.parse(readFileSync(join(consumer.folder, file), "utf8")) as Record<string, string>;
      return `${name}@${version}`;
    });
    expect(copies.sort()).toEqual([`effect@${effect}`, `zod@${zod}`]);
  });

  it("compiles and runs, by promises and by effects", () => {
    expect(tsc("--target", "es2024", "--lib", "es2024", "--skipLibCheck", "--types", "node", "program.ts").stdout).toBe(
      ""
    );
    const { stdout, stderr } = spawnSync(process.execPath, ["program.ts"], { cwd: consumer.folder, encoding: "utf8" });
    expect(stdout, stderr).toBe("function false 1 1\n");
  });

  it("type-checks every entry in full, in a program without the DOM and without a type of Effect", () => {
    const entries = ["core", "core/node", "core/testing", "metrics", "sandbox", "sandbox/node", "schemas", "sources"];
    const lines = [...entries, "sources/nightscout", "transport", "transport/node"].map(
      (entry, index) => `export * as entry${index} from "@tideway/${entry}";`
    );
    consumer.write("entries.ts", lines.join("\n"));
    const { stdout } = tsc("--target", "es2022", "--lib", "es2022", "--types", "node", "--listFiles", "entries.ts");
    expect(stdout.split("\n").filter((line) => line.includes("error TS"))).toEqual([]);
    expect(stdout).not.toMatch(/node_modules.effect./);
  });
});
