import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCli, type CliOptions } from "./run-cli.ts";

const ann = { userId: "aaaaaaaaaa", email: "ann@example.org", password: "a secret", tokens: ["anns-token"] };
const smbg = (index: number, value = 100) => ({
  type: "smbg",
  time: `2026-03-01T08:00:0${index}Z`,
  units: "mg/dL",
  value,
  origin: { id: `strip-${index}`, name: "org.example.test", type: "application" }
});

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
beforeAll(async () => {
  [cli, server] = await Promise.all([createCli(), listen(createSandbox({ users: [ann] }))]);
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

const run = (args: ReadonlyArray<string>, { env, ...options }: CliOptions = {}) =>
  cli.run(args, { ...options, env: { TIDEWAY_API: server.url, ...env } });
const asAnn = { env: { TIDEPOOL_TOKEN: "anns-token" } };

describe("tideway session", () => {
  it("finds nothing, opens one, finds it and lists it", async () => {
    const args = ["--app", "org.example.session"];
    expect(await run(["session", "find", ...args], asAnn)).toMatchObject({ code: 1, stdout: "" });
    const opened = await run(["session", "open", ...args], asAnn);
    expect(opened).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[\da-f]{32}\n$/u) });
    expect(opened.stderr).toContain("Opened.");
    expect(await run(["session", "open", ...args], asAnn)).toMatchObject({ stdout: opened.stdout });
    expect(await run(["session", "find", ...args], asAnn)).toMatchObject({ code: 0, stdout: opened.stdout });
    const listed = await run(["session", "list", ...args, "--json"], asAnn);
    expect(listed.events()).toEqual([
      expect.objectContaining({
        type: "result",
        status: "success",
        sessions: [expect.objectContaining({ uploadId: opened.stdout.trim(), dataSetType: "continuous" })]
      })
    ]);
  });
});

describe("tideway login, whoami and logout", () => {
  it("keep a login for the other commands, in a file that only its owner can read, and end it", async () => {
    const nobody = await run(["whoami"]);
    expect(nobody.code).toBe(4);
    const wrong = await run(["login", "--email", ann.email, "--password-stdin"], { stdin: "not this\n" });
    expect(wrong.code).toBe(4);
    const login = await run(["login", "--email", ann.email, "--password-stdin"], { stdin: "a secret\n" });
    expect(login).toMatchObject({ code: 0, stdout: `${ann.userId}\n` });
    expect(login.stderr).toContain("The login is kept in");
    const folder = join(cli.home, ".config/tideway/logins");
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777);
    expect(modes.length).toBeGreaterThan(0);
    expect(new Set(modes)).toEqual(new Set([0o600]));
    expect(await run(["whoami"])).toMatchObject({ code: 0, stdout: `${ann.userId}\n` });
    expect(await run(["logout"])).toMatchObject({ code: 0 });
    expect(readdirSync(folder).filter((name) => name.endsWith(".json"))).toEqual([]);
  });

  it("take address and password from the environment, for a cron job that keeps nothing", async () => {
    const env = { TIDEPOOL_EMAIL: ann.email, TIDEPOOL_PASSWORD: ann.password };
    expect(await run(["whoami", "--json"], { env })).toMatchObject({
      code: 0,
      stdout: `${JSON.stringify({ type: "result", schema: 1, status: "success", userId: ann.userId, email: ann.email, server: server.url })}\n`
    });
  });
});

describe("tideway login through the browser", () => {
  it("prints the address of the page, keeps the login once the person is through, and ends it", async () => {
    let visited: Promise<unknown> | undefined;
    /** Does what a person does: fills in the form, and is sent back to the program. */
    const visit = async (url: string) => {
      const form = new URLSearchParams({ username: ann.email, password: ann.password });
      const back = await fetch(url, { method: "POST", body: form, redirect: "manual" });
      await fetch(back.headers.get("location") ?? "");
    };
    const env = { TIDEWAY_CLIENT_ID: "org.example.registered" };
    const login = await run(["login", "--no-browser"], {
      env,
      onOutput: ({ stderr }) => {
        const [url] = /http:\S+\/auth\?\S+(?=\n)/u.exec(stderr) ?? [];
        if (url !== undefined) visited ??= visit(url);
      }
    });
    await visited;
    expect(login).toMatchObject({ code: 0, stdout: `${ann.userId}\n` });
    expect(await run(["whoami"])).toMatchObject({ code: 0, stdout: `${ann.userId}\n` });
    expect(await run(["logout"])).toMatchObject({ code: 0 });
    expect(await run(["whoami"])).toMatchObject({ code: 4 });
  });
});

describe("tideway verify and remove", () => {
  it("tell what is missing or different, and delete what they are given", async () => {
    const args = ["--app", "org.example.verify"];
    const file = join(cli.home, "three.json");
    writeFileSync(file, JSON.stringify([smbg(1), smbg(2), smbg(3)]));
    await run(["upload", file, ...args], asAnn);
    expect(await run(["verify", file, ...args], asAnn)).toMatchObject({
      code: 0,
      stdout: "3 of 3 datums are in Tidepool as they should be.\n"
    });
    const ids = join(cli.home, "ids.txt");
    writeFileSync(ids, "strip-1\n");
    expect(await run(["remove", ids, ...args], asAnn)).toMatchObject({ code: 2 });
    expect(await run(["remove", ids, "--yes", ...args], asAnn)).toMatchObject({ code: 0 });
    writeFileSync(file, JSON.stringify([smbg(1), smbg(2, 200)]));
    const differs = await run(["verify", file, ...args], asAnn);
    expect(differs.code).toBe(3);
    expect(differs.stdout).toContain("0 of 2 datums");
    expect(differs.stderr).toContain("missing: strip-1");
    expect(differs.stderr).toContain("different: strip-2 (/value)");
    expect(differs.stderr).toContain("also holds 1 datum");
    expect(await run(["upload", file, ...args], asAnn)).toMatchObject({ code: 0 });
    expect(await run(["verify", file, ...args], asAnn)).toMatchObject({ code: 0 });
  });
});

describe("what verify and remove cannot do", () => {
  it("verify does not call it well where records of the file cannot be in Tidepool at all", async () => {
    const args = ["--app", "org.example.unfit"];
    const file = join(cli.home, "unfit.json");
    writeFileSync(file, JSON.stringify([smbg(1), smbg(2, -7), { type: "nonsense" }]));
    await run(["upload", file, ...args], asAnn);
    const verified = await run(["verify", file, "--json", ...args], asAnn);
    expect(verified.code).toBe(3);
    expect(verified.events().at(-1)).toMatchObject({ expected: 1, matched: 1, unfit: 2 });
  });

  it("remove says which line is no origin id, and deletes nothing", async () => {
    const ids = join(cli.home, "long.txt");
    writeFileSync(ids, `strip-1\n${"x".repeat(200)}\n`);
    const done = await run(["remove", ids, "--yes", "--app", "org.example.verify"], asAnn);
    expect(done.code).toBe(6);
    expect(done.stderr).toMatch(/Line 2 of .* is no origin id/u);
    // A hundred characters, as the platform counts them, of two code units each.
    writeFileSync(ids, `${"🩸".repeat(100)}\n`);
    expect(await run(["remove", ids, "--yes", "--app", "org.example.verify"], asAnn)).toMatchObject({ code: 0 });
  });

  it("a password for nobody is a mistake", async () => {
    const done = await run(["whoami", "--password-stdin"], { stdin: "a secret\n" });
    expect(done).toMatchObject({ code: 2, stderr: expect.stringContaining("--email") });
  });
});

describe("tideway sandbox", () => {
  it("keeps its data from one start to the next, and stops at Ctrl-C", async () => {
    const data = join(cli.home, "sandbox-data");
    const visit = async (work: (url: string) => Promise<unknown>) => {
      let started: Promise<unknown> | undefined;
      const done = await run(["sandbox", "--port", "0", "--data", data], {
        onOutput: ({ stdout }, interrupt) => {
          const [url] = /^http:\/\/127\.0\.0\.1:\d+(?=\n)/u.exec(stdout) ?? [];
          if (url !== undefined) started ??= work(url).finally(interrupt);
        }
      });
      return { done, result: await started };
    };
    const open = (url: string) => cli.run(["session", "open"], { env: { TIDEWAY_API: url } });
    const first = await visit(open);
    expect(first.done.code).toBe(0);
    expect(first.done.stderr).toContain("demo@tideway.example with the password tideway");
    const second = await visit(open);
    expect(second.result).toMatchObject({ code: 0, stdout: (first.result as { stdout: string }).stdout });
    expect(readdirSync(data)).toContain("sandbox.sqlite");
  });

  it("has the users that a file names, and the faults that are asked for, through which an upload gets", async () => {
    const users = join(cli.home, "users.json");
    const file = join(cli.home, "one.json");
    writeFileSync(users, JSON.stringify([{ ...ann, tokens: ["seeded"] }]));
    writeFileSync(file, JSON.stringify([smbg(1)]));
    let uploaded: Promise<unknown> | undefined;
    const faults = "503 times=1 on=POST:*/data; reset times=1 on=GET:*data_sets*";
    await run(["sandbox", "--port", "0", "--memory", "--users", users, "--faults", faults], {
      onOutput: ({ stdout }, interrupt) => {
        const [url] = /^http:\S+(?=\n)/u.exec(stdout) ?? [];
        if (url === undefined || uploaded) return;
        const env = { TIDEWAY_API: url, TIDEPOOL_TOKEN: "seeded" };
        uploaded = cli.run(["upload", file, "--json"], { env }).finally(interrupt);
      }
    });
    const { code, events } = (await uploaded) as Awaited<ReturnType<typeof run>>;
    expect({ code, last: events().at(-1) }).toMatchObject({ code: 0, last: { sent: 1, rejected: 0 } });
    expect(events().some(({ type }) => type === "waiting")).toBe(true);
  });

  it.each([
    ["a fault that is none", ["--faults", "melt"], 2, /"melt" is no fault/u],
    ["users that are none", ["--users", "nowhere.json"], 6, /no such file/u]
  ])("says what is wrong with %s", async (_, args, code, message) => {
    const done = await run(["sandbox", "--memory", "--port", "0", ...args]);
    expect(done).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(message) });
  });
});
