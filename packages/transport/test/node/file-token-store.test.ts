import { execFile, spawn } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createTransport, storedLogin, storePasswordLogin } from "@tideway/transport";
import { fileTokenStore } from "@tideway/transport/node";
import { afterEach, beforeEach, expect, it } from "vitest";
import { usePlatform } from "../platform/control.ts";

const platform = usePlatform();
const program = fileURLToPath(new URL("renewing-program.ts", import.meta.url));
let folder = "";
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "tideway-")), "deep", "logins");
});
afterEach(() => rm(join(folder, "../.."), { recursive: true }));

const users = { ann: { email: "ann@example.org", password: "p" } };
const logIn = () => storePasswordLogin({ environment: platform.url, store: fileTokenStore({ folder }), ...users.ann });
const files = async (ending: string) => (await readdir(folder)).filter((name) => name.endsWith(ending));

it("keeps each login in a file of its own that only its owner can read", async () => {
  const store = fileTokenStore({ folder });
  await store.write("https://a.example", "one");
  await store.write("https://a.example ann", "two");
  await store.write("https://a.example", "three");
  expect(await store.read("https://a.example")).toBe("three");
  expect(await store.read("https://a.example ann")).toBe("two");
  expect(await store.read("https://b.example")).toBeUndefined();
  const names = await readdir(folder);
  expect(names.filter((name) => name.startsWith("a.example"))).toHaveLength(2);
  for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  await store.remove("https://a.example");
  expect(await store.read("https://a.example")).toBeUndefined();
  await store.remove("https://a.example");
});

it("closes a file that others can read before it is used", async () => {
  const store = fileTokenStore({ folder });
  await store.write("key", "text");
  const [name = ""] = await files(".json");
  await chmod(join(folder, name), 0o644);
  expect(await store.read("key")).toBe("text");
  expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
});

it("never shows a half-written login, however often it is read meanwhile", async () => {
  const store = fileTokenStore({ folder });
  const texts = ["a", "b"].map((letter) => letter.repeat(200_000));
  await store.write("key", texts[0] as string);
  const write = async () => {
    for (let times = 0; times < 30; times += 1) await store.write("key", texts[times % 2] as string);
  };
  const read = async () => {
    for (let times = 0; times < 300; times += 1) expect(texts).toContain(await store.read("key"));
  };
  await Promise.all([write(), read()]);
  expect(await files("")).toHaveLength(1);
});

it("removes what a program left that was killed while it wrote", async () => {
  const store = fileTokenStore({ folder });
  await store.write("key", "one");
  const [name = ""] = await files(".json");
  const [old, fresh] = [join(folder, `${name}.old`), join(folder, `${name}.fresh`)];
  for (const draft of [old, fresh]) await writeFile(draft, "half a login");
  await utimes(old, 0, 0);
  await store.write("key", "two");
  expect((await files("")).sort()).toEqual([name, `${name}.fresh`].sort());
});

it("runs one piece of work at a time for each key", async () => {
  const [one, other] = [fileTokenStore({ folder }), fileTokenStore({ folder })];
  let inside = 0;
  const work = async () => {
    expect((inside += 1)).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside -= 1;
  };
  await Promise.all([one, other, one, other].map((store) => store.exclusively("key", work)));
  await expect(one.exclusively("key", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  await other.exclusively("key", work);
});

it("renews once for several processes that share the folder and find the login expired together", async () => {
  await platform.set({ users, slow: 200 });
  await logIn();
  await platform.change({ tokens: {} });
  const run = promisify(execFile);
  const outputs = await Promise.all(
    Array.from({ length: 3 }, () => run(process.execPath, [program, platform.url, folder]))
  );
  expect(outputs.map(({ stdout }) => stdout.trim())).toEqual(["ann", "ann", "ann"]);
  const renewals = (await platform.seen()).filter(({ method, path }) => method === "GET" && path === "/auth/login");
  expect(renewals).toHaveLength(1);
});

it("is not held up by a process that was killed in the middle of a renewal", async () => {
  await platform.set({ users });
  await logIn();
  await platform.change({ tokens: {}, scripted: [{ on: "GET /auth/login", hang: true }] });
  const child = spawn(process.execPath, [program, platform.url, folder]);
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const renewing = async () =>
    (await platform.seen()).some(({ method, path }) => method === "GET" && path === "/auth/login");
  while (!(await renewing())) await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill("SIGKILL");
  await ended;
  const transport = createTransport({
    environment: platform.url,
    credentials: storedLogin({ store: fileTokenStore({ folder }) })
  });
  expect((await transport.currentUser()).userId).toBe("ann");
});

it("says where the login is and what to do when the folder cannot be used", async () => {
  const store = fileTokenStore({ folder: join(program, "not-a-folder") });
  const transport = createTransport({ environment: platform.url, credentials: storedLogin({ store }) });
  await expect(transport.currentUser()).rejects.toMatchObject({
    _tag: "Unauthenticated",
    message: expect.stringMatching(/cannot be .* the folder .*not-a-folder/)
  });
});

it("holds the token itself nowhere but in the login's file", async () => {
  await platform.set({ users });
  await logIn();
  const [login = ""] = await files(".json");
  const { token } = JSON.parse(await readFile(join(folder, login), "utf8")) as { token: string };
  expect(token).toMatch(/^kc:/);
  for (const name of await readdir(folder)) {
    if (name !== login) expect(await readFile(join(folder, name), "latin1")).not.toContain(token);
  }
});
