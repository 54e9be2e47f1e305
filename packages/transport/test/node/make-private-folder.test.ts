import { existsSync } from "node:fs";
import { mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileTokenStore, makePrivateFolder } from "@tideway/transport/node";
import { afterEach, beforeEach, expect, it } from "vitest";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tideway-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("makes every missing folder for its owner only, whatever the umask, and minds none that is there", async () => {
  const umask = process.umask(0o277);
  try {
    await Promise.all([1, 2, 3].map(() => makePrivateFolder(join(folder, "a", "b"))));
    await makePrivateFolder(join(folder, "a", "b"));
    const store = fileTokenStore({ folder: join(folder, "c") });
    await store.write("key", "text");
    expect(await store.read("key")).toBe("text");
  } finally {
    process.umask(umask);
  }
  for (const made of ["a", "a/b", "c"]) expect((await stat(join(folder, made))).mode & 0o777).toBe(0o700);
});

it("says what stands in the way, and ends: a file, and links that lead nowhere or in a circle", async () => {
  await writeFile(join(folder, "file"), "");
  await symlink("nowhere/at/all", join(folder, "dangling"));
  await symlink("circle", join(folder, "circle"));
  for (const [name, reason] of [
    ["file", "file is not a folder"],
    ["dangling", "dangling is a link that leads nowhere"],
    ["circle", "circle is a link that leads in a circle"]
  ] as const) {
    for (const path of [join(folder, name), join(folder, name, "deep", "er")]) {
      await expect(makePrivateFolder(path)).rejects.toThrow(
        `The folder ${path} cannot be made: ${join(folder, reason)}.`
      );
    }
  }
});

it.skipIf(!existsSync("/proc/self"))("ends where a folder takes no other", async () => {
  await expect(makePrivateFolder("/proc/tideway/deep")).rejects.toThrow("nothing can be made in /proc.");
});

it("finds no login where a file stands in place of the folder, and says so where one is to be written", async () => {
  await writeFile(join(folder, "file"), "");
  const store = fileTokenStore({ folder: join(folder, "file", "logins") });
  expect(await store.read("key")).toBeUndefined();
  await store.remove("key");
  await expect(store.write("key", "text")).rejects.toThrow("file is not a folder");
});
