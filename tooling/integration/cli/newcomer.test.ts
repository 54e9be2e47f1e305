import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ann, asAnn, reading, readings, storedIds } from "./readings.ts";
import { createCli, type CliOptions } from "./run-cli.ts";

// What somebody does who has never seen this program: each of these went wrong for one.

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
beforeAll(async () => {
  [cli, server] = await Promise.all([createCli(), listen(createSandbox({ users: [ann] }))]);
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

const write = (name: string, content: string) => {
  writeFileSync(join(cli.home, name), content);
  return name;
};
const asNobody = (args: ReadonlyArray<string>, options?: CliOptions) => cli.run(args, options);
const run = (args: ReadonlyArray<string>, options: CliOptions = {}) =>
  cli.run(args, { ...options, env: { ...asAnn(server), ...options.env } });

describe("five minutes", () => {
  it("are as the README tells them, with a file of one's own making, and the server named once", async () => {
    const login = await asNobody(["login", "--api", server.url, "--email", ann.email, "--password-stdin"], {
      stdin: `${ann.password}\n`
    });
    expect(login.stderr).toContain(`The login is kept in files under ${join(cli.home, ".config/tideway/logins")}`);
    expect(login.stderr).toContain("without --api");
    const sample = await asNobody(["sample", "--days", "2"]);
    expect(sample).toMatchObject({ code: 0, stdout: expect.stringContaining("sample.ndjson holds 6") });
    expect(await asNobody(["sample"])).toMatchObject({ code: 2, stderr: expect.stringContaining("--force") });
    const inspected = await asNobody(["inspect", "sample.ndjson"]);
    expect(inspected).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing would be refused") });
    const first = await asNobody(["upload", "sample.ndjson"]);
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/\b6\d\d datums sent\.\n$/u) });
    const second = await asNobody(["upload", "sample.ndjson"]);
    expect(second).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\b0 datums sent, 6\d\d already there\.\n$/u)
    });
    expect(await asNobody(["verify", "sample.ndjson"])).toMatchObject({ code: 0 });
    expect(await asNobody(["upload", "--quiet", "sample.ndjson"])).toMatchObject({ code: 0, stdout: "", stderr: "" });
  });

  it("end with a logout, which says whether anybody was logged in", async () => {
    expect(await asNobody(["logout"])).toMatchObject({ code: 0, stderr: `Logged out of ${server.url}.\n` });
    expect(await asNobody(["logout"])).toMatchObject({ code: 0, stderr: `Nobody was logged in at ${server.url}.\n` });
  });
});

describe("remove", () => {
  const app = ["--app", "org.example.remove"];

  it("takes out what a file uploaded, and says what that is before it asks", async () => {
    const file = write("mine.json", JSON.stringify(readings(9)));
    write("more.json", JSON.stringify([reading(100), reading(101)]));
    expect(await run(["upload", "mine.json", "more.json", ...app])).toMatchObject({ code: 0 });
    const shown = await run(["remove", file, "--dry-run", ...app]);
    expect(shown.stdout).toBe(
      `This would delete 9 datums, from 2026-03-01T00:00Z to 2026-03-01T00:40Z, from the session of org.example.remove at ${server.url}:\n          9  cbg\n`
    );
    const unasked = await run(["remove", file, ...app]);
    expect(unasked).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("This deletes 9 datums, from 2026-03-01")
    });
    expect(await storedIds(server, app[1]!)).toHaveLength(11);
    const done = await run(["remove", file, "--yes", "--json", ...app]);
    expect(done.events()).toEqual([expect.objectContaining({ status: "success", asked: 9, removed: 9 })]);
    expect(await storedIds(server, app[1]!)).toEqual(["reading-100", "reading-101"]);
    expect(await run(["upload", file, ...app])).toMatchObject({ stdout: expect.stringContaining("9 datums sent") });
  });

  it.each([
    ["a list in lines", "list.txt", "reading-0\nreading-1\nreading-7777\n", 2],
    ["a JSON array of texts", "list.json", '["reading-2"]', 1],
    ["a table of ids that are none", "other.csv", "Device,Serial\nA,1\nB,2\n", 0]
  ])("takes %s for what it is, and tells the truth about it", async (_name, name, content, removed) => {
    const done = await run(["remove", write(name, content), "--yes", "--json", ...app]);
    expect(done).toMatchObject({ code: 0 });
    expect(done.events().at(-1)).toMatchObject({ removed });
  });

  it("takes single ids, and days as a zone has them", async () => {
    expect((await run(["remove", "--id", "reading-3", "--id", "x", "-y", "--json", ...app])).events()).toEqual([
      expect.objectContaining({ asked: 2, removed: 1 })
    ]);
    // 00:20 in UTC is still February in New York: nothing of these days.
    const before = ["--from", "2026-03-01", "--timezone", "America/New_York"];
    expect((await run(["remove", ...before, "-y", "--json", ...app])).events().at(-1)).toMatchObject({ removed: 2 });
    expect((await run(["remove", "--to", "2026-02-28", ...before.slice(2), "-y", "--json", ...app])).events()).toEqual([
      expect.objectContaining({ removed: 5 })
    ]);
    expect(await storedIds(server, app[1]!)).toEqual([]);
    expect(await run(["remove", ...app])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Say what to delete")
    });
    expect(await run(["remove", "--from", "yesterday", ...app])).toMatchObject({ code: 2 });
  });
});

describe("a surprise", () => {
  it("a file in which nothing is valid opens no session", async () => {
    const file = write("nothing.json", JSON.stringify([{ type: "cbg", value: "x" }, { type: "nonsense" }]));
    const done = await run(["upload", file, "--app", "org.example.nothing", "--quiet"]);
    expect(done).toMatchObject({ code: 3, stdout: "", stderr: expect.stringContaining("2 refused") });
    expect((await run(["session", "list", "--app", "org.example.nothing"])).stdout).toBe("");
  });

  it("data that another program deleted is told as missing, with what to do, and that heals it", async () => {
    const app = ["--app", "org.example.deleted"];
    const file = write("healed.json", JSON.stringify(readings(3)));
    await run(["upload", file, ...app]);
    const id = (await run(["session", "find", ...app])).stdout.trim();
    const headers = { "X-Tidepool-Session-Token": "anns-token", "content-type": "application/json" };
    const body = JSON.stringify([{ origin: { id: "reading-1" } }]);
    await fetch(`${server.url}/v1/data_sets/${id}/data`, { method: "DELETE", headers, body });
    const again = await run(["upload", file, "--trust-ledger", ...app]);
    expect(again.stdout).toContain("3 already there");
    expect(again.stderr).toContain("`tideway verify` looks at what is there in truth");
    const verified = await run(["verify", file, ...app]);
    expect(verified).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("run `tideway upload` with the same files")
    });
    expect((await run(["upload", file, ...app])).stdout).toContain("1 datum sent");
    expect(await run(["verify", file, ...app])).toMatchObject({ code: 0 });
  });

  it.each([
    ["--app", ["session", "list", "--app", ""]],
    ["--user", ["session", "list", "--user", " "]],
    ["--api", ["whoami", "--api", ""]],
    ["--profile", ["--profile", "", "whoami"]]
  ])("an empty %s is a mistake on the command line", async (flag, args) => {
    expect(await run(args)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(`${flag} is empty`) });
  });

  it("an account that holds the same days by another program is told of before they are there twice", async () => {
    const file = write("twice.json", JSON.stringify(readings(20)));
    await run(["upload", file, "--app", "org.example.first"]);
    const second = await run(["upload", file, "--app", "org.example.second", "--json"]);
    expect(second.stderr).toContain("The account already holds data of these days");
    expect(second.stderr).toMatch(/org\.example\.first: 20 datums on 1 day, 20 readings of them the same/u);
    expect(second.events().at(-1)).toMatchObject({
      overlaps: [{ appName: "org.example.first", sameReadings: 20 }, {}]
    });
    const third = await run(["upload", file, "--app", "org.example.third", "--yes"]);
    expect(third).toMatchObject({ code: 0, stderr: expect.not.stringContaining("already holds") });
  });
});

describe("profiles", () => {
  it("remember a server, a user and a zone, are named before or after the command, and hold no secret", async () => {
    const set = (key: string, value: string) => asNobody(["config", "set", key, value, "--profile", "ann"]);
    expect(await set("server", server.url)).toMatchObject({ code: 0 });
    expect(await set("timezone", "Europe/Berlin")).toMatchObject({ code: 0 });
    const env = { TIDEPOOL_TOKEN: "anns-token" };
    expect(await asNobody(["--profile", "ann", "whoami"], { env })).toMatchObject({
      code: 0,
      stdout: `${ann.userId}\n`
    });
    expect(await asNobody(["config", "get", "timezone", "--profile", "ann"])).toMatchObject({
      stdout: "Europe/Berlin\n"
    });
    const { stdout: path } = await asNobody(["config", "path"]);
    expect(JSON.parse(readFileSync(path.trim(), "utf8"))).toMatchObject({
      profiles: { ann: { server: server.url, timezone: "Europe/Berlin" } }
    });
    expect(readFileSync(path.trim(), "utf8")).not.toMatch(/a secret|anns-token/u);
  });

  it.each([
    [["config", "set", "server", "production"], /never the default/u],
    [["config", "set", "timezone", "Berlin"], /name of a zone/u],
    [["config", "set", "password", "x"], /no password in the configuration/u],
    [["whoami", "--profile", "../x"], /letters, digits/u]
  ])("refuse %j", async (args, message) => {
    expect(await asNobody(args)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(message) });
  });

  it("of production are used only where they are named", async () => {
    const named = ["--profile", "real"];
    expect(await asNobody(["config", "set", "server", "production", ...named])).toMatchObject({ code: 0 });
    const made = await asNobody(["config", "set", "profile", "real"]);
    expect(made).toMatchObject({ code: 2, stderr: expect.stringContaining("production, which is never the default") });
    const unasked = await asNobody(["upload", write("one.json", JSON.stringify(readings(1))), ...named]);
    expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining("real health record") });
  });
});

describe("to try it", () => {
  it("demo does the main job in memory", async () => {
    const demo = await asNobody(["demo", "--days", "1", "--json"]);
    expect(demo.code).toBe(0);
    expect(demo.events().at(-1)).toMatchObject({ again: { sent: 0 }, verified: { differences: 0 } });
  });

  it("a sandbox lets others in where it is told to, says what that means, and answers to its names", async () => {
    let asked: Promise<number> | undefined;
    const done = await asNobody(
      ["sandbox", "--memory", "--port", "0", "--host", "0.0.0.0", "--name", "tidepool.test"],
      {
        onOutput: ({ stdout }, interrupt) => {
          const [, port] = /^http:\/\/127\.0\.0\.1:(\d+)\n/u.exec(stdout) ?? [];
          if (port === undefined) return;
          asked ??= import("node:http").then(
            ({ get }) =>
              new Promise<number>((resolve) => {
                get({ port, path: "/status", headers: { host: "tidepool.test" } }, ({ statusCode = 0 }) => {
                  resolve(statusCode);
                  interrupt();
                });
              })
          );
        }
      }
    );
    expect(done.stderr).toContain("Anyone who reaches this machine over the network can read and write");
    expect(await asked).toBe(200);
  });
});
