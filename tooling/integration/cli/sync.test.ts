import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFakeNightscout, type FakeNightscout } from "../../nightscout/fake-nightscout.ts";
import { ann, asAnn, reading, storedIds } from "./readings.ts";
import { createCli } from "./run-cli.ts";

const minute = 60_000;
const token = "reader-0123456789abcdef";
const iso = (instant: number) => new Date(instant).toISOString();

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
let site: FakeNightscout;
beforeAll(async () => {
  [cli, server, site] = await Promise.all([
    createCli(),
    listen(createSandbox({ users: [ann] })),
    startFakeNightscout({ now: Date.now, tokens: { [token]: "readable" } })
  ]);
  site.documents.writeByV1("profile", {
    startDate: "1970-01-01T00:00:00.000Z",
    created_at: "1970-01-01T00:00:00.000Z",
    defaultProfile: "Default",
    store: { Default: { timezone: "Europe/Berlin", units: "mmol", basal: [{ time: "00:00", value: "0.5" }] } }
  });
  const now = Date.now() - 10 * minute;
  for (let at = 0; at < 20; at++) {
    const instant = now - at * 5 * minute;
    site.documents.writeByV1("entries", { _id: `e${at}`, type: "sgv", date: instant, sysTime: iso(instant), sgv: 100 });
    site.documents.writeByV1("treatments", { _id: `b${at}`, eventType: "Bolus", created_at: iso(instant), insulin: 1 });
  }
});
afterAll(async () => {
  await Promise.all([server.close(), site[Symbol.asyncDispose]()]);
  cli.remove();
});

const env = () => ({ ...asAnn(server), NIGHTSCOUT_TOKEN: token });

describe("tideway sync", { timeout: 300_000 }, () => {
  it("brings a site into Tidepool, and again what came, was edited and, as a mirror, went", async () => {
    const args = ["sync", site.url, "--mirror", "--app", "org.example.site"];
    const first = await cli.run(args, { env: env() });
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/^\S+Z {2}http:\/\/127\.0\.0\.1:\d+ {2}41 sent, 0 already there, everything read\n$/u);
    const { documents } = site;
    documents.writeByV1("treatments", {
      _id: "new",
      eventType: "Bolus",
      created_at: iso(Date.now() - 5 * minute),
      insulin: 2
    });
    documents.writeByV1("treatments", { ...documents.all.treatments.find(({ _id: id }) => id === "b3"), insulin: 3 });
    documents.deleteByV1("treatments", "b4");
    documents.deleteByV1("entries", "e5");
    // The oldest have been dropped by the site itself: they stay.
    documents.deleteByV1("treatments", "b19");
    documents.deleteByV1("entries", "e19");
    const second = await cli.run([...args, "--json"], { env: env() });
    expect(second).toMatchObject({ code: 0, stderr: "" });
    const [pass, result] = second.events();
    expect(pass).toMatchObject({ type: "pass", outcome: "done", extent: "recent", sent: 2, removed: 2, rejected: 0 });
    expect(result).toMatchObject({ type: "result", status: "success", passes: 1, sent: 2, removed: 2 });
    const headers = { "X-Tidepool-Session-Token": "anns-token" };
    const answer = await fetch(`${server.url}/data/${ann.userId}?uploadId=${String(pass!["sessionId"])}`, { headers });
    const data = (await answer.json()) as ReadonlyArray<{
      readonly type: string;
      readonly origin: { readonly id: string };
    }>;
    const ids = data.filter(({ type }) => type !== "upload").map(({ origin }) => origin.id);
    expect(ids).toHaveLength(40);
    expect(ids.some((id) => id.includes(":b4:"))).toBe(false);
    expect(ids.some((id) => id.includes(":b19:"))).toBe(true);
  });

  it("watches a folder, goes on after a failure, and stops in good order by SIGTERM", async () => {
    const folder = join(cli.home, "exports");
    mkdirSync(folder);
    const put = (name: string, count: number) =>
      writeFileSync(
        join(folder, name),
        Array.from({ length: count }, (_, index) => JSON.stringify(reading(index))).join("\n")
      );
    put("a.ndjson", 3);
    const args = ["sync", folder, "--watch", "--every", "1s", "--app", "org.example.folder"];
    const run = await cli.run(args, {
      env: env(),
      onOutput: ({ stdout }, interrupt) => {
        if (stdout.includes("nothing has changed")) put("a.ndjson", 5);
        if (stdout.includes("2 sent, 3 already there")) interrupt("SIGTERM");
      }
    });
    expect(run.code).toBe(143);
    expect(run.stderr).toMatch(
      /Stopped after \d+ passes, 5 sent\. What was sent is remembered: the same command goes on\./u
    );
    expect(await storedIds(server, "org.example.folder")).toHaveLength(5);
  });

  it("takes no login from an argument, and says what is wrong with one", async () => {
    const given = await cli.run(["sync", `${site.url}/?token=${token}`], { env: env() });
    expect(given).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("NIGHTSCOUT_TOKEN") });
    expect(given.stderr).not.toContain(token);
    const wrong = await cli.run(["sync", site.url, "--watch"], {
      env: { ...env(), NIGHTSCOUT_TOKEN: "reader-ffffffffffffffff" }
    });
    expect(wrong).toMatchObject({ code: 4, stdout: "", stderr: expect.stringContaining("refused the login") });
    const two = await cli.run(["sync", site.url, "exports", "--mirror"], { env: env() });
    expect(two).toMatchObject({ code: 2, stderr: expect.stringContaining("one source") });
    const open = await cli.run(["sync", "http://nightscout.example.org"], { env: env() });
    expect(open).toMatchObject({ code: 2, stderr: expect.stringContaining("https://") });
  });

  it.skipIf(process.platform !== "linux")("writes a service that it has shown, without a secret in it", async () => {
    const shown = await cli.run(["sync", site.url, "--watch", "--every", "10m", "--install", "--no-input"], {
      env: env()
    });
    expect(shown).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("[Service]") });
    const written = await cli.run(["sync", site.url, "--install", "--every", "10m", "--yes"], { env: env() });
    expect(written.code).toBe(0);
    const path = /^Written: (.*)$/mu.exec(written.stdout)![1]!;
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const unit = readFileSync(path, "utf8");
    expect(unit).toContain(
      `"sync" "${site.url}" "--every" "10m" "--api" "${server.url}" "--watch" "--yes" "--no-input"`
    );
    expect(unit).not.toContain(token);
    rmSync(path);
  });
});
