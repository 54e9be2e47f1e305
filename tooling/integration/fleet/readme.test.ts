import { fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmbedded, startInstalled } from "@tideway/fleet/testing";
import { createSandbox } from "@tideway/sandbox";
import { listen } from "@tideway/sandbox/node";
import { afterAll, beforeAll, expect, it } from "vitest";

const readme = readFileSync(fileURLToPath(new URL("../../../packages/fleet/README.md", import.meta.url)), "utf8");
const user = { userId: "0123456789", email: "ann@example.org", password: "a password", token: "a-token" };

let folder = "";
let tidepool: Awaited<ReturnType<typeof listen>>;
let database: { readonly url: string; close(): Promise<void> };
beforeAll(async () => {
  folder = mkdtempSync(join(import.meta.dirname, ".example-"));
  tidepool = await listen(createSandbox({ users: [user] }));
  database = (await startInstalled()) ?? (await startEmbedded());
}, 300_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await tidepool.close();
  await database.close();
});

/** Starts an example as it stands, in a process of its own. */
const start = (example: string) => {
  const code = new RegExp(`<!-- example: ${example} -->\\s+\`\`\`ts\n([^]*?)\`\`\``).exec(readme)?.[1];
  if (code === undefined) expect.fail(`The README has no example ${example}.`);
  const file = join(folder, `${example}.ts`);
  writeFileSync(file, code);
  const child = fork(file, {
    silent: true,
    execArgv: [],
    env: {
      ...process.env,
      NODE_NO_WARNINGS: "1",
      DATABASE_URL: database.url,
      TIDEWAY_API: tidepool.url,
      TIDEPOOL_EMAIL: user.email,
      TIDEPOOL_PASSWORD: user.password,
      TOKEN: user.token
    }
  });
  const run = { child, output: "", status: new Promise<number | null>((resolve) => child.once("exit", resolve)) };
  child.stdout?.on("data", (text: Buffer) => (run.output += text.toString()));
  child.stderr?.on("data", (text: Buffer) => (run.output += text.toString()));
  return run;
};

it("the README's examples put in in a transaction, and work in another process until it is told to stop", async () => {
  const enqueue = start("enqueue");
  expect({ status: await enqueue.status, output: enqueue.output }).toEqual({ status: 0, output: "1 user waits\n" });
  const work = start("work");
  while (work.child.exitCode === null && !/done[^]*200|200[^]*done/.test(work.output)) {
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  expect(work.output.split("\n").sort()).toEqual(["", "0123456789 done", "the page: 200"]);
  work.child.send("stop");
  expect(await work.status).toBe(0);
});

it("the README's example of ledger and logins alone uploads", async () => {
  const alone = start("alone");
  expect({ status: await alone.status, output: alone.output }).toEqual({ status: 0, output: "1 sent\n" });
});
