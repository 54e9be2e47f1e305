import { appendFileSync, readdirSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { createClient, type Datum } from "@tideway/core";
import { createSandbox, type Sandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { sampleDatums } from "@tideway/sandbox/sample";
import { createTransport, fixedToken } from "@tideway/transport";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ann, asAnn, reading } from "./readings.ts";
import { createCli, type CliRun } from "./run-cli.ts";

const bob = { userId: "bbbbbbbbbb", email: "bob@example.org", password: "another", tokens: ["bobs-token"] };

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
/** Milliseconds that each reading takes. */
let delay = 0;
const asBob = () => ({ TIDEWAY_API: server.url, TIDEPOOL_TOKEN: "bobs-token" });

const clientOf = (app: string) =>
  createClient({
    transport: createTransport({ environment: server.url, credentials: fixedToken("anns-token") }),
    userId: ann.userId,
    app: { name: app, version: "1.0.0" }
  });

beforeAll(async () => {
  const sandbox = createSandbox({ users: [ann, bob] });
  const slowed: Sandbox = {
    ...sandbox,
    fetch: async (request, details) => {
      if (new URL(request.url).pathname.startsWith("/data/"))
        await new Promise((resolve) => setTimeout(resolve, delay));
      return sandbox.fetch(request, details);
    }
  };
  [cli, server] = await Promise.all([createCli(), listen(slowed)]);
  const samples = sampleDatums({ seed: "archive", days: 40, end: "2026-03-10T00:00:00Z" });
  const receipt = await clientOf("org.example.pump").upload(samples as unknown as Iterable<Datum>);
  expect(receipt).toMatchObject({ rejected: 0 });
  // Years apart, and with an id that the other app has, too.
  const old = [reading(0), { ...reading(1), time: "2019-05-05T05:05:05Z" }] as unknown as ReadonlyArray<Datum>;
  await clientOf("org.example.meter").upload(old);
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

const resultOf = (run: CliRun) => run.events().at(-1)!;
const manifestOf = (folder: string) =>
  JSON.parse(readFileSync(join(cli.home, folder, "manifest.json"), "utf8")) as {
    readonly contents: string;
    readonly records: number;
    readonly files: ReadonlyArray<{ readonly path: string; readonly records: number }>;
  };

describe("tideway download and restore", { timeout: 300_000 }, () => {
  it("an archive that was restored into another account and downloaded from there is equal", async () => {
    const first = await cli.run(["download", "one", "--json", "--quiet"], { env: asAnn(server) });
    expect(first).toMatchObject({ code: 0, stderr: "" });
    const { records, read, contents } = resultOf(first);
    expect(read).toBe(records);
    expect(Number(records)).toBeGreaterThan(11_000);
    const files = manifestOf("one").files.filter(({ path }) => path !== "");
    expect(files.some(({ records }) => records === 1)).toBe(true);

    const whose = await cli.run(["restore", "one", "--yes"], { env: asAnn(server) });
    expect(whose).toMatchObject({ code: 2, stderr: expect.stringContaining("this very account") });
    const restored = await cli.run(["restore", "one", "--yes"], { env: asBob() });
    expect(restored.stdout).toContain("Read back: the session holds the same as the archive.");
    expect(restored.code).toBe(0);
    const second = await cli.run(["download", "two", "--json", "--format", "nightscout"], { env: asBob() });
    expect(resultOf(second)).toMatchObject({ records, contents });
    const inspected = await cli.run(["inspect", "two/nightscout", "--json"]);
    expect(inspected.code).toBe(0);
  });

  it("reads again only what may have changed, and says when a file is damaged", async () => {
    const again = await cli.run(["download", "one", "--json"], { env: asAnn(server) });
    expect(resultOf(again)).toMatchObject({ status: "success", read: 0 });
    await clientOf("org.example.meter").upload([{ ...reading(7), time: new Date().toISOString() } as unknown as Datum]);
    const later = await cli.run(["download", "one", "--json"], { env: asAnn(server) });
    expect(resultOf(later)).toMatchObject({ read: 1, records: Number(resultOf(again)["records"]) + 1 });
    const all = await cli.run(["download", "one", "--all", "--json", "--format", "csv"], { env: asAnn(server) });
    expect(resultOf(all)).toMatchObject({ contents: resultOf(later)["contents"], read: resultOf(later)["records"] });
    const table = readFileSync(join(cli.home, "one/csv/cbg.csv"), "utf8").split("\r\n");
    expect(table[0]).toMatch(/^time,type,deviceId,value,units,/u);
    expect(table.length).toBeGreaterThan(10_000);
    const { path } = manifestOf("one").files.find(({ records }) => records > 100)!;
    appendFileSync(join(cli.home, "one", path), " ");
    const damaged = await cli.run(["restore", "one", "--yes"], { env: asBob() });
    expect(damaged).toMatchObject({ code: 6, stderr: expect.stringContaining(path) });
    truncateSync(join(cli.home, "one", "manifest.json"), 100);
    expect(await cli.run(["download", "one"], { env: asAnn(server) })).toMatchObject({
      code: 6,
      stderr: expect.stringContaining("manifest.json")
    });
  });

  it("a download that was stopped goes on where it was", async () => {
    delay = 300;
    const stopped = await cli.run(["download", "slow"], {
      env: asAnn(server),
      onOutput: ({ stderr }, interrupt) => {
        if (stderr.includes("org.example.pump")) interrupt("SIGTERM");
      }
    });
    delay = 0;
    expect(stopped).toMatchObject({ code: 143, stderr: expect.stringContaining("the same command goes on") });
    const kept = manifestOf("slow");
    expect(kept.files.length).toBeGreaterThan(0);
    const written = readdirSync(join(cli.home, "slow"), { recursive: true }).map(String);
    expect(written.filter((name) => name.endsWith(".part"))).toEqual([]);
    const rest = await cli.run(["download", "slow", "--json"], { env: asAnn(server) });
    const { records, read, contents } = resultOf(rest);
    expect(read).toBe(Number(records) - kept.records);
    const whole = await cli.run(["download", "check", "--json"], { env: asAnn(server) });
    expect(resultOf(whole)).toMatchObject({ records, contents });
  });
});
