import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { join } from "node:path";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ann, asAnn, reading, readings, storedIds } from "./readings.ts";
import { createCli, type CliOptions } from "./run-cli.ts";

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
beforeAll(async () => {
  [cli, server] = await Promise.all([createCli(), listen(createSandbox({ users: [ann] }))]);
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

const run = (args: ReadonlyArray<string>, options: CliOptions = {}) =>
  cli.run(args, { ...options, env: { ...asAnn(server), ...options.env } });
const result = async (...args: ReadonlyArray<string>) => (await run([...args, "--json"])).events().at(-1)!;

describe("what an upload leaves behind", () => {
  it("is told by status before and after, and by session show", async () => {
    expect((await run(["status"])).stdout).toContain("none of org.tideway.cli yet");
    writeFileSync(join(cli.home, "mixed.json"), JSON.stringify([...readings(3), reading(4, -5), reading(5, -7)]));
    expect(await run(["upload", "mixed.json"])).toMatchObject({ code: 3 });
    expect(await result("status")).toMatchObject({
      server: server.url,
      user: { userId: ann.userId, email: ann.email },
      sessions: 1,
      lastUpload: { state: "done", input: "mixed.json", sent: 3, rejected: 2 },
      rejected: [{ files: [join(cli.home, "mixed.json")] }]
    });
    expect(await result("session", "show")).toMatchObject({
      datums: 3,
      kinds: { cbg: 3 },
      first: "2026-03-01T00:00:00Z",
      last: "2026-03-01T00:10:00Z"
    });
    expect(await run(["session", "show", "nonsense"])).toMatchObject({ code: 1, stdout: "" });
  });

  it("is listed and shown without values, repaired in its file, and sent again", async () => {
    expect((await run(["rejected", "list"])).stdout).toMatch(/^1 {2}2 datums of .*mixed\.json/u);
    const shown = await run(["rejected", "show", "1"]);
    expect(shown.stdout).toContain("element 4 (cbg): value-out-of-range at /value");
    expect(shown.stdout).not.toContain("-5");
    const folder = join(cli.home, ".local/state/tideway/rejected");
    const [name = ""] = readdirSync(folder);
    const kept = readFileSync(join(folder, name), "utf8");
    writeFileSync(join(folder, name), kept.replace('"value":-5', '"value":95'));
    expect(await run(["rejected", "retry"])).toMatchObject({ code: 3, stdout: "1 datum sent, 1 refused.\n" });
    expect(await storedIds(server, "org.tideway.cli")).toContain("reading-4");
    const exported = await run(["rejected", "export"]);
    expect(JSON.parse(exported.stdout)).toMatchObject({ value: -7 });
    writeFileSync(join(cli.home, "mixed.json"), JSON.stringify(readings(5)));
    expect(await run(["upload", "mixed.json"])).toMatchObject({ code: 0 });
    expect(await run(["rejected", "list"])).toMatchObject({ code: 0, stdout: "" });
  });
});

describe("doctor", () => {
  it("finds all well, and writes what can be posted in public", async () => {
    const found = await run(["doctor", "--bundle", "doctor.json"]);
    expect(found.stdout).not.toMatch(/^fail/mu);
    expect(found.stdout).toMatch(/^ok {4}network: /mu);
    expect(found.stdout).toMatch(/^ok {4}clock: /mu);
    expect(found.stdout).toMatch(/^ok {4}login: logged in as user aaaaaaaaaa$/mu);
    expect(found.code).toBe(0);
    const bundle = readFileSync(join(cli.home, "doctor.json"), "utf8");
    expect(JSON.parse(bundle)).toMatchObject({ checks: expect.any(Array) });
    for (const secret of ["anns-token", ann.userId, cli.home, homedir(), hostname()].filter(
      (each) => each.length > 2
    )) {
      expect(bundle).not.toContain(secret);
    }
  });

  it("says what fails, and what to do", async () => {
    const env = { TIDEPOOL_TOKEN: "wrong-token", XDG_STATE_HOME: "/dev/null" };
    const found = await run(["doctor", "--json"], { env });
    expect(found.code).toBe(1);
    const { checks } = found.events().at(-1) as unknown as { checks: ReadonlyArray<Record<string, string>> };
    const of = (name: string) => checks.find((check) => check["name"] === name);
    expect(of("login")).toMatchObject({ state: "fail", hint: expect.stringContaining("tideway login") });
    expect(of("state folder")).toMatchObject({ state: "fail", hint: expect.stringContaining("XDG_STATE_HOME") });
    expect(found.stdout).not.toContain("wrong-token");
  });
});
