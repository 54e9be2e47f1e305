import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTransport, passwordLogin, storePasswordLogin } from "@tideway/transport";
import { fileTokenStore } from "@tideway/transport/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { usePlatform } from "../platform/control.ts";
import { useIssuer } from "../provider/control.ts";
import { walk } from "../provider/walk.ts";

const platform = usePlatform();
const issuer = useIssuer();
const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
const written = fileURLToPath(new URL("../../dist/readme/", import.meta.url));
const user = { email: "ann@example.org", password: "p" };
let home = "";
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "tideway-home-"));
  await mkdir(written, { recursive: true });
});
afterAll(() => rm(home, { recursive: true }));

/** Runs an example as it stands, in a process of its own. */
const run = async (example: string, env: Record<string, string>, onLine: (line: string) => void = () => {}) => {
  const code = new RegExp(`<!-- example: ${example} -->\\s+\`\`\`ts\n([^]*?)\`\`\``).exec(readme)?.[1];
  if (code === undefined) expect.fail(`The README has no example ${example}.`);
  const file = join(written, `${example}.ts`);
  await writeFile(file, code);
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env["PATH"], HOME: home, TIDEWAY_API: platform.url, TIDEWAY_ISSUER: issuer.url, ...env }
  });
  let output = "";
  child.stdout.on("data", (text: Buffer) => {
    output += text.toString();
    onLine(text.toString());
  });
  child.stderr.on("data", (text: Buffer) => (output += text.toString()));
  const status = await new Promise((resolve) => child.on("close", resolve));
  return { status, output };
};

it("does what its first example says", async () => {
  await platform.set({ users: { ann: user } });
  const transport = createTransport({ environment: platform.url, credentials: passwordLogin(user) });
  const { userId } = await transport.currentUser();
  expect(await transport.listDataSets(userId, { appName: "org.example.app" })).toEqual([]);
  expect(readme).toContain('await transport.listDataSets(userId, { appName: "org.example.app" })');
});

it("logs in from a server", async () => {
  await platform.set({ scripted: [{ on: "GET /v1/users/0123456789/data_sets", body: "[]" }] });
  const env = {
    TIDEWAY_CLIENT_ID: "service",
    TIDEWAY_CLIENT_SECRET: "service-secret-of-the-tests",
    TIDEPOOL_USER: "0123456789"
  };
  expect(await run("server", env)).toEqual({ status: 0, output: "0 sessions\n" });
});

it("logs in from a command line", async () => {
  await platform.set({ issuer: issuer.url });
  const result = await run("command-line", { TIDEWAY_CLIENT_ID: "app" }, (line) => {
    const [, page] = /log in: (\S+)/.exec(line) ?? [];
    if (page !== undefined) void walk(page).then(fetch);
  });
  expect(result.output.split("\n").at(-2)).toBe("Logged in as ann");
  expect(result.status).toBe(0);
});

it("stays logged in for a cron job, and tells it when somebody has to log in", async () => {
  await platform.set({ users: { ann: user } });
  const folder = join(home, "cron");
  const env = { TIDEWAY_LOGINS: folder };
  const nobody = await run("cron", env);
  expect(nobody.status).toBe(4);
  expect(nobody.output).toMatch(/^There is no login .* Log in first\.\n$/);
  await storePasswordLogin({ environment: platform.url, store: fileTokenStore({ folder }), ...user });
  await platform.change({ tokens: {} });
  expect(await run("cron", env)).toEqual({ status: 0, output: "Uploading for ann\n" });
  await platform.change({ tokens: {}, scripted: [{ on: "GET /auth", status: 503, times: 9 }] });
  expect(await run("cron", env)).toMatchObject({ status: 5 });
});
