import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSandbox, type Sandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ann, asAnn, reading, storedIds, storedValues } from "./readings.ts";
import { createCli } from "./run-cli.ts";

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
/** Milliseconds that data takes to be stored. */
let delay = 0;
beforeAll(async () => {
  const sandbox = createSandbox({ users: [ann] });
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

const run = async (args: ReadonlyArray<string>, stdin = "") => cli.run(args, { env: asAnn(server), stdin });
const upload = (value: number, client: string, ...more: ReadonlyArray<string>) =>
  run(["upload", "-", "--app", client, ...more], JSON.stringify(reading(1, value)));

describe("the memory of what was sent stays true", () => {
  it.each([
    ["--resend", ["--resend"]],
    ["another --ledger", ["--ledger", "another.sqlite"]]
  ])("through an upload with %s", async (name, more) => {
    const client = `org.example.true.${name.length}`;
    for (const [value, flags] of [
      [100, []],
      [200, more],
      [100, ["--trust-ledger"]]
    ] as const) {
      expect(await upload(value, client, ...flags)).toMatchObject({ code: 0 });
      expect(await storedValues(server, client)).toEqual([value]);
    }
    expect((await upload(100, client, "--trust-ledger")).stdout).toContain("0 datums sent, 1 already there.");
  });

  it.each([
    ["the usual ledger", []],
    ["another --ledger", ["--ledger", "third.sqlite"]]
  ])("through a removal with %s", async (name, more) => {
    const client = `org.example.removal.${name.length}`;
    await upload(100, client);
    expect(await run(["remove", "-", "--yes", "--app", client, ...more], "reading-1\n")).toMatchObject({ code: 0 });
    expect(await storedIds(server, client)).toEqual([]);
    expect((await upload(100, client, "--trust-ledger")).stdout).toContain("1 datum sent.");
    expect(await storedIds(server, client)).toEqual(["reading-1"]);
  });

  it("by what verify finds, where another program has deleted something", async () => {
    const client = "org.example.verify.heals";
    await upload(100, client);
    // Another program knows nothing of this one's memory.
    const elsewhere = { ...asAnn(server), XDG_STATE_HOME: join(cli.home, "elsewhere") };
    const args = ["remove", "-", "--yes", "--app", client];
    expect(await cli.run(args, { env: elsewhere, stdin: "reading-1\n" })).toMatchObject({ code: 0 });
    expect((await upload(100, client, "--trust-ledger")).stdout).toContain("0 datums sent");
    const datum = JSON.stringify(reading(1));
    expect(await run(["verify", "-", "--app", client], datum)).toMatchObject({ code: 3 });
    expect((await upload(100, client, "--trust-ledger")).stdout).toContain("1 datum sent.");
    expect(await run(["verify", "-", "--app", client], datum)).toMatchObject({ code: 0 });
  });
});

describe("two runs into one session", () => {
  const file = () => {
    const path = join(cli.home, "many.ndjson");
    writeFileSync(path, Array.from({ length: 20 }, (_, index) => JSON.stringify(reading(index))).join("\n"));
    return path;
  };

  it("one after another where there is time, or with exit code 5 after --wait seconds", async () => {
    const args = ["upload", file(), "--app", "org.example.busy", "--chunk-size", "1", "--concurrency", "1", "--json"];
    delay = 500;
    const others: Array<Promise<unknown>> = [];
    const first = await run(["session", "open", "--app", "org.example.busy"]);
    expect(first.code).toBe(0);
    const long = await cli.run(args, {
      env: asAnn(server),
      onOutput: ({ stdout }) => {
        if (others.length > 0 || !stdout.includes('"progress"')) return;
        others.push(run([...args, "--wait", "0"]), run([...args, "--wait", "1"]), run([...args, "--wait", "100"]));
      }
    });
    const [at0, at1, at100] = await Promise.all(others);
    delay = 0;
    expect(long.code).toBe(0);
    expect(at0).toMatchObject({ code: 5, stderr: expect.stringMatching(/Another upload into this session/u) });
    expect(at1).toMatchObject({ code: 5 });
    expect(at100).toMatchObject({ code: 0 });
    expect((await storedIds(server, "org.example.busy")).length).toBe(20);
  });

  it("a wait that is none is a mistake", async () => {
    expect(await run(["upload", file(), "--wait", "-1"])).toMatchObject({ code: 2 });
  });
});
