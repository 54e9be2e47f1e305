import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ann, asAnn, readings, storedIds } from "./readings.ts";
import { createCli } from "./run-cli.ts";

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
beforeAll(async () => {
  [cli, server] = await Promise.all([createCli(), listen(createSandbox({ users: [ann] }))]);
  const mixed = [...readings(3_000), ...Array.from({ length: 500 }, () => ({ type: "nonsense" }))];
  writeFileSync(join(cli.home, "mixed.json"), JSON.stringify(mixed));
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

const shell = (script: string) => cli.shell(script, { env: asAnn(server) });

/** Linux has a device that is always full. */
describe.skipIf(!existsSync("/dev/full"))("where standard output is full", () => {
  it.each(["--help", "--version", "whoami", "whoami --json", "session list --json", "upload --help"])(
    "a command says so and ends with 1: %s",
    async (args) => {
      const { code, stderr } = await shell(`tideway ${args} > /dev/full`);
      expect(code).toBe(1);
      expect(stderr).toContain("standard output: the disk is full (ENOSPC).");
    }
  );

  it.each(["", "--json"])("an upload sends all, says so and ends with 1: %s", async (more) => {
    const client = `org.example.full.${more.length}`;
    const { code, stderr } = await shell(`tideway upload mixed.json --app ${client} ${more} > /dev/full`);
    expect(code).toBe(1);
    expect(stderr).toContain("standard output: the disk is full (ENOSPC).");
    expect(await storedIds(server, client)).toHaveLength(3_000);
  });

  it("a failure keeps its own exit code", async () => {
    expect((await shell("tideway upload nowhere.json --json > /dev/full")).code).toBe(6);
    expect((await shell("tideway upload --bogus --json > /dev/full")).code).toBe(2);
  });

  it.each(["", "--json"])("a report that is full is told, and all is sent: %s", async (more) => {
    const client = `org.example.report.${more.length}`;
    const { code, stderr } = await shell(`tideway upload mixed.json --app ${client} --report /dev/full ${more}`);
    expect(code).toBe(1);
    expect(stderr).toContain("The report /dev/full is not whole: the disk is full (ENOSPC).");
    expect(await storedIds(server, client)).toHaveLength(3_000);
  });
});

describe("where nobody reads on", () => {
  it("an upload goes on in silence, and its exit code tells of it", async () => {
    const script = `{ tideway upload mixed.json --app org.example.head --json --quiet --yes; echo "code $?" >&2; } | head -1`;
    const { stdout, stderr } = await shell(script);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).toBe("code 3\n");
    expect(await storedIds(server, "org.example.head")).toHaveLength(3_000);
  });

  it.skipIf(process.platform === "win32")("of a report in a pipe, that is told, and all is sent", async () => {
    const script = `mkfifo pipe; head -c 1 pipe > first & tideway upload mixed.json --app org.example.pipe --report pipe; code=$?; wait; exit $code`;
    const { code, stderr } = await shell(script);
    expect(code).toBe(1);
    expect(stderr).toMatch(/The report pipe is not whole: .*\(EPIPE\)/u);
    expect(await storedIds(server, "org.example.pipe")).toHaveLength(3_000);
  });
});

it.skipIf(process.platform === "win32")(
  "an upload waits for whoever reads its report, and goes on with them",
  async () => {
    const lines = Array.from({ length: 30_000 }, () => `{"type":"nonsense"}`);
    writeFileSync(join(cli.home, "nonsense.ndjson"), lines.join("\n"));
    const script = `mkfifo slow; exec 3<> slow; tideway upload nonsense.ndjson --report slow --json > events & upload=$!
    before=-1; now=0
    while [ "$now" = 0 ] || [ "$before" != "$now" ]; do before=$now; sleep 2; now=$(wc -l < events); done
    echo "$now"; cat <&3 > report & reader=$!
    wait $upload; echo "$?"; sleep 1; kill $reader; wc -l < events; wc -l < report`;
    const { stdout } = await shell(script);
    const [stalled, code, events, report] = stdout.trim().split("\n").map(Number);
    expect(stalled).toBeGreaterThan(0);
    expect(stalled).toBeLessThan(10_000);
    expect({ code, report }).toEqual({ code: 3, report: 30_000 });
    expect(events).toBeGreaterThan(30_000);
  }
);
