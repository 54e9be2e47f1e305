import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSandbox, type Sandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCli, type CliOptions, type CliRun } from "./run-cli.ts";

/** A device that is always full; Linux has one. */
const hasFullDevice = existsSync("/dev/full");

const token = "token-that-nobody-may-see";
const password = "password-that-nobody-may-see";
const ann = { userId: "aaaaaaaaaa", email: "ann@example.org", password, tokens: [token] };
const bob = { userId: "bbbbbbbbbb", email: "bob@example.org", tokens: ["bobs-token"] };

const cbg = (index: number, value = 100) => ({
  type: "cbg",
  time: new Date(Date.UTC(2026, 2, 1) + index * 300_000).toISOString(),
  units: "mg/dL",
  value,
  deviceId: "sensor-1",
  origin: { id: `reading-${index}`, name: "org.example.test", type: "application" }
});
const readings = (count: number) => Array.from({ length: count }, (_, index) => cbg(index));

let cli: Awaited<ReturnType<typeof createCli>>;
let sandbox: Sandbox;
let server: Listening;
/** Slows the taking of data down, to catch an upload in the middle. */
let delay = 0;
const everythingSaid: Array<string> = [];

beforeAll(async () => {
  sandbox = createSandbox({ users: [ann, bob] });
  const slowed: Sandbox = {
    ...sandbox,
    fetch: async (request, details) => {
      if (delay > 0 && request.url.endsWith("/data")) await new Promise((resolve) => setTimeout(resolve, delay));
      return sandbox.fetch(request, details);
    }
  };
  [cli, server] = await Promise.all([createCli(), listen(slowed)]);
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

const run = async (args: ReadonlyArray<string>, options: CliOptions = {}): Promise<CliRun> => {
  const env = { TIDEWAY_API: server.url, TIDEPOOL_TOKEN: token, ...options.env };
  const done = await cli.run(args, { ...options, env });
  everythingSaid.push(done.stdout, done.stderr);
  return done;
};

const write = (name: string, content: unknown): string => {
  const path = join(cli.home, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

/** What a session holds, by origin id. */
const stored = async (client: string): Promise<ReadonlyArray<string>> => {
  const headers = { "X-Tidepool-Session-Token": token };
  const sets = await fetch(`${server.url}/v1/users/${ann.userId}/data_sets?client.name=${client}`, { headers });
  const [session] = (await sets.json()) as ReadonlyArray<{ readonly uploadId: string }>;
  if (session === undefined) return [];
  const data = await fetch(`${server.url}/data/${ann.userId}?uploadId=${session.uploadId}&type=cbg`, { headers });
  return ((await data.json()) as ReadonlyArray<{ readonly origin: { readonly id: string } }>)
    .map(({ origin }) => origin.id)
    .sort();
};

describe("tideway upload", () => {
  it("puts a file into the session, and the second time finds it all there already", async () => {
    const file = write("whole.json", readings(2_500));
    const first = await run(["upload", file, "--app", "org.example.whole"]);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toContain("2,500 datums sent.");
    expect(first.stderr).toContain("opened now");
    expect(await stored("org.example.whole")).toHaveLength(2_500);
    const again = await run(["upload", file, "--app", "org.example.whole"]);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toContain("0 datums sent, 2,500 already there.");
    const anew = await run(["upload", file, "--app", "org.example.whole", "--resend"]);
    expect(anew.stdout).toContain("2,500 datums sent.");
    expect(await stored("org.example.whole")).toHaveLength(2_500);
  });

  it("takes NDJSON from a pipe, refuses what is unreadable with its line, and sends the rest", async () => {
    const [one, two] = readings(2).map((datum) => JSON.stringify(datum));
    const stdin = `${one}\n{"type":"cbg" oops}\n${two}\n{"type":"cbg"}\n`;
    const report = join(cli.home, "report.ndjson");
    const { code, stdout, stderr } = await run(["upload", "-", "--app", "org.example.pipe", "--report", report], {
      stdin
    });
    expect(code).toBe(3);
    expect(stdout).toContain("2 datums sent, 2 refused.");
    expect(stderr).toMatch(/1 refused \(.*not-json\), first at line 2/u);
    expect(stderr).toMatch(/1 refused \(cbg, .*\), first at line 4/u);
    expect(await stored("org.example.pipe")).toEqual(["reading-0", "reading-1"]);
  });

  it("says everything once more for programs under --json: events, and exactly one result, which is last", async () => {
    const { code, events, stderr } = await run(
      ["upload", write("json.json", [...readings(3), 5]), "--app", "org.example.json", "--json", "--quiet", "--yes"],
      {}
    );
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
    expect(events().map(({ type }) => type)).toEqual(expect.arrayContaining(["session", "rejected", "progress"]));
    expect(events().filter(({ type }) => type === "result")).toHaveLength(1);
    expect(events().at(-1)).toMatchObject({ type: "result", status: "partial", read: 4, sent: 3, rejected: 1 });
  });

  it("sends nothing in a dry run, for which no server is needed, and tells the same", async () => {
    const env = { TIDEWAY_API: "", TIDEPOOL_TOKEN: "" };
    const { code, stdout } = await run(["upload", write("dry.json", readings(10)), "-n"], { env });
    expect(code).toBe(0);
    expect(stdout).toContain("up to 10 datums would be sent.");
  });

  it("stops at Ctrl-C with what is safe and how to go on, and goes on when called again", async () => {
    const file = write(
      "long.ndjson",
      readings(12_000)
        .map((datum) => JSON.stringify(datum))
        .join("\n")
    );
    const args = ["upload", file, "--app", "org.example.long", "--concurrency", "1"];
    delay = 150;
    const stopped = await run([...args, "--json"], {
      onOutput: ({ stdout }, interrupt) => {
        if (stdout.includes('"progress"')) interrupt();
      }
    });
    delay = 0;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain("Run the same command again to go on.");
    expect(stopped.events().at(-1)).toMatchObject({ type: "result", status: "failure", code: "interrupted" });
    const safe = (await stored("org.example.long")).length;
    expect(safe).toBeGreaterThan(0);
    expect(safe).toBeLessThan(12_000);
    const resumed = await run(args);
    expect(resumed.code).toBe(0);
    expect(resumed.stdout).toMatch(/already there/u);
    const ids = await stored("org.example.long");
    expect([ids.length, new Set(ids).size]).toEqual([12_000, 12_000]);
  });
});

describe("bad input and bad luck", () => {
  it.each([
    ["what is not JSON", "Hello\n", 6, /is text that is neither JSON nor a table\. Formats that are read:/u],
    ["an object instead of an array", '{"data":[]}', 6, /single JSON object/u],
    ["an empty file", "", 6, /is empty/u]
  ])("one clear message, and no session: %s", async (name, content, code, message) => {
    const client = `org.example.${name.replaceAll(" ", "-")}`;
    const done = await run(["upload", write("bad.json", content), "--app", client]);
    expect(done).toMatchObject({ code, stdout: "" });
    expect(done.stderr).toMatch(message);
    expect(done.stderr.trim().split("\n")).toHaveLength(1);
    const found = await run(["session", "find", "--app", client]);
    expect(found).toMatchObject({ code: 1, stdout: "" });
  });

  it.skipIf(!hasFullDevice)("sends all where the words for people can go nowhere", async () => {
    const file = write("mute.json", readings(5));
    const { program } = cli;
    const command = `exec "$0" --disable-warning=ExperimentalWarning "$@" 2>/dev/full`;
    const child = spawn("sh", ["-c", command, process.execPath, program, "upload", file, "--app", "org.example.mute"], {
      env: { ...process.env, HOME: cli.home, TIDEWAY_API: server.url, TIDEPOOL_TOKEN: token },
      stdio: "ignore"
    });
    const [code] = await once(child, "close");
    expect([code, (await stored("org.example.mute")).length]).toEqual([0, 5]);
  });

  it("says where a ledger cannot be, and what to do", async () => {
    const file = write("five.json", readings(5));
    const { code, stderr } = await run(["upload", file], { env: { XDG_STATE_HOME: "/dev/null/nowhere" } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/\/dev\/null is not a folder\..*--ledger FILE or XDG_STATE_HOME/u);
  });

  it("refuses a file that is no ledger, and leaves it as it is", async () => {
    const file = write("six.json", readings(6));
    const diary = write("diary.txt", "my diary\n".repeat(100));
    const { code, stderr } = await run(["upload", file, "--app", "org.example.diary", "--ledger", diary]);
    expect(code).toBe(1);
    expect(stderr).toContain("is left as it is: name another file for the ledger");
    expect(readFileSync(diary, "utf8")).toBe("my diary\n".repeat(100));
  });

  it("asks nothing on an input that is the data", async () => {
    const { code, stderr } = await run(["upload", "-", "--email", "ann@example.org", "--password-stdin"]);
    expect(code).toBe(2);
    expect(stderr).toContain("both the password and the data");
    const removing = await run(["remove", "-", "--email", "ann@example.org", "--yes"], {
      stdin: "a1\n",
      env: { TIDEPOOL_TOKEN: "" }
    });
    expect(removing.code).toBe(2);
    expect(removing.stderr.trim().split("\n")).toHaveLength(1);
  });

  it("names a file that is not there", async () => {
    const { code, stderr } = await run(["upload", "nowhere.json"]);
    expect({ code, stderr }).toEqual({
      code: 6,
      stderr: "tideway: Cannot read nowhere.json: there is no such file. Check the path.\n"
    });
  });

  it("sends what is whole of a truncated file, and says where it ends and what to do", async () => {
    const whole = JSON.stringify(readings(1_200));
    const file = write("cut.json", whole.slice(0, -30));
    const { code, stdout, stderr } = await run(["upload", file, "--app", "org.example.cut"]);
    expect(code).toBe(3);
    expect(stdout).toContain("1,199 datums sent, 1 refused.");
    expect(stderr).toContain("first at element 1200: The input ends inside this element");
    expect(await stored("org.example.cut")).toHaveLength(1_199);
  });

  it("says that nothing listens, and how to start a sandbox", async () => {
    const gone = await listen(createSandbox());
    await gone.close();
    const env = { TIDEWAY_API: gone.url };
    const { code, stderr, stdout } = await run(["upload", write("ok.json", readings(1))], { env });
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(stderr).toContain("`tideway sandbox` starts one");
  });

  it("says that a token is wrong, without showing it", async () => {
    const env = { TIDEPOOL_TOKEN: "wrong-token" };
    const { code, stderr } = await run(["upload", write("ok.json", readings(1))], { env });
    expect(code).toBe(4);
    expect(stderr).toContain("check TIDEPOOL_TOKEN");
    expect(stderr).not.toContain("wrong-token");
  });

  it("says which right is missing before anything of another user's data is touched", async () => {
    const { code, stderr } = await run(["upload", write("ok.json", readings(1)), "--user", bob.userId]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/the right to/u);
  });

  it.each([
    ["no server chosen", ["upload", "x.json"], { TIDEWAY_API: "" }, /Say which Tidepool/u],
    ["production without --yes", ["upload", "ok.json", "--env", "production"], {}, /real health record/u],
    ["two servers", ["upload", "ok.json", "--env", "dev", "--api", "http://127.0.0.1:1"], {}, /not both/u],
    ["plain http to elsewhere", ["whoami", "--api", "http://example.org"], {}, /--allow-insecure/u],
    ["a port of another protocol", ["whoami", "--api", "http://127.0.0.1:6000"], {}, /another protocol/u],
    ["a sandbox at such a port", ["sandbox", "--port", "6000"], {}, /another protocol/u],
    ["an unknown flag", ["upload", "ok.json", "--bogus"], {}, /--bogus/u],
    ["no file named", ["upload"], {}, /FILE/u],
    ["a password without an address in the pipe", ["login", "--no-input"], {}, /--email/u]
  ])("is a usage error, told on stderr and only there: %s", async (_, args, env, message) => {
    write("ok.json", readings(1));
    const done = await run([...args, "--json"], { env });
    expect(done.code).toBe(2);
    expect(done.stderr).toMatch(message);
    expect(done.events()).toEqual([expect.objectContaining({ type: "result", status: "failure" })]);
  });
});

it("showed no token and no password in all of this", () => {
  const said = everythingSaid.join("\n");
  expect(said).not.toContain(token);
  expect(said).not.toContain(password);
  expect(said.length).toBeGreaterThan(1_000);
});
