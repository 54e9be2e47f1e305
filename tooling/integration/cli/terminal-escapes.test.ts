import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ann, asAnn, reading } from "./readings.ts";
import { createCli, type CliRun } from "./run-cli.ts";

/** C0 with a line break, DEL, C1, and what turns the direction of text round. */
const wicked = "\u001B]0;owned\u0007\u001B[2J\r\u0008\u007F\u009B31m\u0085\u202Etxt\u2066\u2028\nforged line";

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
beforeAll(async () => {
  [cli, server] = await Promise.all([createCli(), listen(createSandbox({ users: [ann] }))]);
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

/** Everything that may do something to a terminal. */
const dangerous = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;

const withoutLineEnds = (text: string) => text.replaceAll("\n", "");

const expectSafe = ({ stdout, stderr }: CliRun, shown: string) => {
  expect(withoutLineEnds(stdout + stderr)).not.toMatch(dangerous);
  expect(`\n${stdout}\n${stderr}`).not.toMatch(/\nforged/u);
  expect(stdout + stderr).toContain(shown);
};

it("names of files and pointers of datums show as text, in words, in JSON and in a report", async () => {
  const file = join(cli.home, wicked);
  const schedules = { [wicked]: [{ start: -5, rate: "much" }] };
  const settings = { ...reading(1), type: "pumpSettings", basalSchedules: schedules, activeSchedule: wicked };
  writeFileSync(file, JSON.stringify([settings, { ...reading(2), type: wicked }]));
  const report = join(cli.home, "report.ndjson");
  for (const more of [[], ["--json"]]) {
    const args = ["upload", file, "--app", "org.example.names", "--report", report, ...more];
    const done = await cli.run(args, { env: asAnn(server) });
    expect(done.code).toBe(3);
    expectSafe(done, "\\u001B");
  }
  const { stdout } = await cli.shell(`cat '${report}'`);
  expectSafe({ code: 0, stdout, stderr: "", events: () => [] }, "\\u009B");
  expect(stdout.split("\n").filter((line) => line !== "")).toHaveLength(2);
  expect(JSON.stringify(JSON.parse(stdout.split("\n")[0]!))).toContain("\u009B31m");
});

it("origin ids show as text, in verify", async () => {
  const file = join(cli.home, "ids.json");
  writeFileSync(file, JSON.stringify([{ ...reading(1), origin: { ...reading(1).origin, id: wicked } }]));
  const args = ["verify", file, "--app", "org.example.ids"];
  await cli.run(["session", "open", "--app", "org.example.ids"], { env: asAnn(server) });
  for (const more of [[], ["--json"]]) {
    const done = await cli.run([...args, ...more], { env: asAnn(server) });
    expect(done.code).toBe(3);
    expectSafe(done, "\\u001B");
  }
});

it("what is on the command line shows as text", async () => {
  for (const args of [
    [wicked],
    ["upload", `${wicked}.json`],
    ["upload", "--env", wicked, "x"],
    ["whoami", "--api", wicked]
  ]) {
    const { code, ...rest } = await cli.run(args, { env: asAnn(server) });
    expect([2, 6]).toContain(code);
    expect(withoutLineEnds(rest.stderr)).not.toMatch(dangerous);
    expect(rest.stderr).not.toMatch(/^forged/mu);
  }
});

it("what a server says shows as text: a user, sessions, the title, code and pointer of a 400", async () => {
  const session = { id: wicked, uploadId: wicked, type: "upload", dataSetType: "continuous", createdTime: wicked };
  const client = { name: "org.tideway.cli", version: wicked };
  const liar = createServer((request, response) => {
    const { url = "", method } = request;
    const refusal = { code: wicked, title: wicked, detail: wicked, source: { pointer: `/0/${wicked}` } };
    const isList = method === "GET" && url.includes("data_sets");
    const body = isList
      ? [{ ...session, client }]
      : url.includes("/auth/user")
        ? { userid: "aaaaaaaaaa", emails: [wicked], username: wicked }
        : refusal;
    response.writeHead(isList || url.includes("/auth/user") ? 200 : 400, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => liar.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = liar.address() as { port: number };
    const env = { TIDEWAY_API: `http://127.0.0.1:${port}`, TIDEPOOL_TOKEN: "x" };
    const file = join(cli.home, "one.json");
    writeFileSync(file, JSON.stringify([reading(1)]));
    for (const args of [["whoami"], ["session", "list"], ["session", "open"], ["upload", file], ["verify", file]]) {
      for (const more of [[], ["--json"]]) {
        const done = await cli.run([...args, ...more], { env });
        expect(done.stdout + done.stderr).not.toBe("");
        expect(withoutLineEnds(done.stdout + done.stderr)).not.toMatch(dangerous);
        expect(`\n${done.stdout}\n${done.stderr}`).not.toMatch(/\nforged/u);
      }
    }
  } finally {
    liar.close();
  }
});
