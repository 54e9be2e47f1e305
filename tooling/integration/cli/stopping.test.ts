import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSandbox, type Sandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ann, asAnn, readings, storedIds } from "./readings.ts";
import { createCli } from "./run-cli.ts";

let cli: Awaited<ReturnType<typeof createCli>>;
let server: Listening;
/** Milliseconds until the answer to what was stored is given. */
let answerDelay = 0;
/** So many bodies of data have been stored. */
let taken = 0;
beforeAll(async () => {
  const sandbox = createSandbox({ users: [ann] });
  const slow: Sandbox = {
    ...sandbox,
    fetch: async (request, details) => {
      const isData = request.method === "POST" && request.url.endsWith("/data");
      const answer = await sandbox.fetch(request, details);
      if (isData) taken++;
      if (isData && answerDelay > 0) await new Promise((resolve) => setTimeout(resolve, answerDelay));
      return answer;
    }
  };
  [cli, server] = await Promise.all([createCli(), listen(slow)]);
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const until = async (done: () => boolean) => {
  while (!done()) await pause(20);
};

it("Ctrl-C while answers are awaited says what is certain and what is not", async () => {
  const file = join(cli.home, "two-hundred.json");
  writeFileSync(file, JSON.stringify(readings(200)));
  const args = ["upload", file, "--app", "org.example.unanswered"];
  taken = 0;
  answerDelay = 20_000;
  let interrupt: (() => void) | undefined;
  const running = cli.run(args, { env: asAnn(server), onOutput: (_, send) => (interrupt ??= send) });
  await until(() => taken > 0 && interrupt !== undefined);
  interrupt!();
  const { code, stderr } = await running;
  answerDelay = 0;
  expect(code).toBe(130);
  expect(stderr).not.toContain("nothing was sent");
  expect(stderr).toContain("200 datums may be in Tidepool or not: no answer for them came.");
  expect(stderr).toContain("Run the same command again to go on.");
  expect(await storedIds(server, "org.example.unanswered")).toHaveLength(200);
});

describe.skipIf(!existsSync("/proc/self/stat"))(
  "the first signal ends it, whatever it waits for",
  { timeout: 180_000 },
  () => {
    const script = (name: string, text: string) => {
      const folder = join(cli.home, name);
      mkdirSync(folder);
      writeFileSync(join(folder, "one.ndjson"), `${JSON.stringify(readings(1)[0])}\n{"type":"nonsense"}\n`);
      return `cd '${folder}'; ${text}`;
    };

    /** Resolves once a program has begun and then does nothing for a second. */
    const untilItWaits = async (pid: number) => {
      const used = () => readFileSync(`/proc/${pid}/stat`, "utf8").split(" ").slice(13, 15).join(" ");
      const isNode = () => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("main.mjs");
      await until(isNode);
      await pause(1_000);
      for (let before = ""; before !== used(); await pause(1_000)) before = used();
    };

    it.each([
      ["standard input that is silent", "mkfifo pipe; sleep 20 > pipe & exec tideway upload - < pipe"],
      ["more of standard input", "mkfifo pipe; { cat one.ndjson; sleep 20; } > pipe & exec tideway upload - < pipe"],
      ["a pipe that nobody opens", "mkfifo pipe; exec tideway upload pipe"],
      ["a pipe that is open and silent", "mkfifo pipe; sleep 20 > pipe & exec tideway upload pipe"],
      ["a pipe of the shell", "mkfifo pipe; sleep 20 > pipe & exec tideway upload /dev/fd/3 3< pipe"],
      ["a report that nobody reads", "mkfifo pipe; exec tideway upload one.ndjson --report pipe"],
      ["ids that do not come", "mkfifo pipe; exec tideway remove pipe --yes"],
      ["users of the sandbox that do not come", "mkfifo pipe; exec tideway sandbox --port 0 --users pipe"]
    ])("%s", async (name, text) => {
      for (const [signal, code] of [
        ["SIGINT", 130],
        ["SIGTERM", 143]
      ] as const) {
        const shell = cli.spawnShell(script(`${name} ${signal}`, text), { env: asAnn(server) });
        let stderr = "";
        shell.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
        await untilItWaits(shell.pid!);
        expect(shell.exitCode, stderr).toBe(null);
        const begun = performance.now();
        shell.kill(signal);
        const [exit, by] = (await once(shell, "exit")) as [number | null, NodeJS.Signals | null];
        expect(performance.now() - begun).toBeLessThan(10_000);
        expect([code, signal], stderr).toContain(exit ?? by);
        expect(stderr).toContain("Stopping");
      }
    });

    it("nobody who reads what it says", async () => {
      const file = join(cli.home, "refused.ndjson");
      writeFileSync(file, `{"type":"nonsense"}\n`.repeat(20_000));
      const child = cli.spawn(["upload", file, "--json"], { env: asAnn(server) });
      // The pipe is full, then.
      await untilItWaits(child.pid!);
      expect(child.exitCode).toBe(null);
      child.kill("SIGTERM");
      const [exit, by] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
      expect([143, "SIGTERM"]).toContain(exit ?? by);
      child.stdout.destroy();
    });
  }
);
