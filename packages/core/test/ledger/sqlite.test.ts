import { execFile } from "node:child_process";
import {
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createSqliteLedger } from "@tideway/core/node";
import { afterAll, describe, expect, it } from "vitest";
import { ledgerErrorOf } from "../../src/node/ledger-error.ts";
import { applicationId } from "../../src/node/ledger-mark.ts";
import { describeLedger, entry, scope } from "./conformance.ts";

const folder = mkdtempSync(join(tmpdir(), "tideway-ledger-"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = promisify(execFile);

let count = 0;
const freshPath = () => join(folder, `ledger-${++count}.db`);
const now = () => 42;

/** A file given for a ledger is not touched: neither its bytes nor its time, and nothing is left beside it. */
const isLeftAlone = async (path: string) => {
  utimesSync(path, 1_700_000_000, 1_700_000_000);
  const bytes = readFileSync(path);
  const beside = readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)));
  await expect(createSqliteLedger(path).open(scope)).rejects.toMatchObject({
    _tag: "LedgerFailed",
    message: expect.stringMatching(/is a file of another program.*name another file/u)
  });
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect(statSync(path).mtimeMs).toBe(1_700_000_000_000);
  expect(readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)))).toEqual(beside);
};

describe("a SQLite ledger", () => {
  describeLedger(() => createSqliteLedger(freshPath()));

  it.each([0.1, 0.5, 0.9, 0.999])("begins anew where its file was cut to %d of its length", async (share) => {
    const path = freshPath();
    const ledger = createSqliteLedger(path, { now });
    const first = await ledger.open(scope);
    await first.acknowledge(Array.from({ length: 5000 }, (_, index) => entry(`id ${index}`)));
    await first.close();
    const { size } = await import("node:fs/promises").then(({ stat }) => stat(path));
    truncateSync(path, Math.floor(size * share));
    const second = await ledger.open(scope);
    expect((await second.get(["id 1", "id 4999"])).size).toBe(0);
    await second.acknowledge([entry("id 1")]);
    await second.close();
    expect(existsSync(`${path}.damaged-42`)).toBe(true);
  });

  it("claims nothing that is not so wherever a part of its file was overwritten, and goes on in the same run", async () => {
    const whole = freshPath();
    const ids = Array.from({ length: 3000 }, (_, index) => `id ${index}`);
    const first = await createSqliteLedger(whole).open(scope);
    await first.acknowledge(ids.map((id) => entry(id)));
    await first.close();
    const bytes = readFileSync(whole);
    let noticed = 0;
    for (let at = 0; at < bytes.length; at += 3 * 512) {
      const path = freshPath();
      const damaged = Buffer.from(bytes);
      damaged.fill(at % 1024 === 0 ? 0 : 0xff, at, at + 512);
      writeFileSync(path, damaged);
      const claimed = async () => {
        const session = await createSqliteLedger(path, { now }).open(scope);
        try {
          const known = await session.get(ids);
          await session.begin({ chunk: 0, originIds: ["id 7"], begun: 0 }, ["id 7"]);
          await session.acknowledge([entry("id 7"), entry("new")]);
          await session.end(0);
          return known;
        } finally {
          await session.close().catch(() => undefined);
        }
      };
      const known = await claimed();
      for (const [id, one] of known) expect(one).toEqual(entry(id));
      if (existsSync(`${path}.damaged-42`)) noticed++;
      for (const suffix of ["", "-wal", "-shm", ".damaged-42"]) rmSync(path + suffix, { force: true });
    }
    expect(noticed).toBeGreaterThan(20);
  });

  it("is made once where several programs begin it at the same moment", async () => {
    const path = freshPath();
    const program = fileURLToPath(new URL("opening-program.ts", import.meta.url));
    const sessions = Array.from({ length: 6 }, (_, index) => `session-${index}`);
    await Promise.all(
      sessions.map((id) => run(process.execPath, ["--disable-warning=ExperimentalWarning", program, path, id]))
    );
    expect(readdirSync(folder).filter((name) => name.startsWith(`${path.slice(folder.length + 1)}.damaged`))).toEqual(
      []
    );
  });

  it("says what is wrong where its lock cannot be used, and not that another run holds it", async () => {
    const path = freshPath();
    const ledger = createSqliteLedger(path, { now });
    await (await ledger.open(scope)).close();
    const lock = readdirSync(folder).find(
      (name) => name.startsWith(`${path.slice(folder.length + 1)}-`) && name.endsWith(".lock")
    );
    writeFileSync(join(folder, lock!), "my diary\n".repeat(100));
    await expect(ledger.open(scope)).rejects.toThrow(/lock .*cannot be used/u);
  });

  it("puts a ledger with older tables aside", async () => {
    const path = freshPath();
    const older = new DatabaseSync(path);
    older.exec(
      `CREATE TABLE datum (origin_id TEXT); PRAGMA user_version = 1; PRAGMA application_id = ${applicationId}`
    );
    older.close();
    const session = await createSqliteLedger(path, { now }).open(scope);
    await session.acknowledge([entry("a")]);
    await session.close();
    expect(existsSync(`${path}.damaged-42`)).toBe(true);
  });

  it.each([0, 1, 3, 4, 5, 7])(
    "leaves a database of another program as it is, with user_version %d",
    async (version) => {
      const path = freshPath();
      const other = new DatabaseSync(path);
      other.exec(`CREATE TABLE notes (text TEXT); PRAGMA user_version = ${version}; PRAGMA application_id = 77`);
      other.close();
      await isLeftAlone(path);
    }
  );

  it("leaves a database of another program as it is that has a log of its own", async () => {
    const path = freshPath();
    const other = new DatabaseSync(path);
    other.exec("PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT)");
    await isLeftAlone(path);
    other.close();
  });

  it.each(["my diary\n".repeat(100), "x", "SQLite format 3\0", "{}"])(
    "leaves a file that is no ledger as it is",
    async (text) => {
      const path = freshPath();
      writeFileSync(path, text);
      await isLeftAlone(path);
    }
  );

  it("says that a folder or a device is no place for it", async () => {
    for (const path of [folder, "/dev/null"]) {
      await expect(createSqliteLedger(path).open(scope)).rejects.toMatchObject({
        _tag: "LedgerFailed",
        message: expect.stringContaining("is not a file")
      });
    }
  });

  it.skipIf(!existsSync("/proc/self"))("says where nothing can be made, and what to do, and ends", async () => {
    for (const path of ["/proc/tideway/ledger.db", "/proc/ledger.db"]) {
      await expect(createSqliteLedger(path).open(scope)).rejects.toMatchObject({
        _tag: "LedgerFailed",
        message: expect.stringMatching(/\/proc\/.*cannot be written: .*name another file/u)
      });
    }
  });

  it("says so where a part of its path is a file, and where a link leads in a circle", async () => {
    const file = freshPath();
    writeFileSync(file, "");
    await expect(createSqliteLedger(join(file, "ledger.db")).open(scope)).rejects.toThrow(/cannot be written/u);
    const circle = freshPath();
    symlinkSync(circle, circle);
    await expect(createSqliteLedger(circle).open(scope)).rejects.toThrow(
      /cannot be written: its links lead in a circle/u
    );
  });

  it("is for its owner only, in folders for its owner only, whatever the umask", async () => {
    for (const umask of [0o000, 0o277]) {
      const path = join(freshPath(), "deep", "ledger.db");
      const before = process.umask(umask);
      try {
        const session = await createSqliteLedger(path).open(scope);
        await session.acknowledge([entry("a")]);
        await session.begin({ chunk: 0, originIds: ["b"], begun: 0 }, []);
        const files = readdirSync(dirname(path));
        expect(files.length).toBeGreaterThanOrEqual(3);
        for (const name of files) expect(statSync(join(dirname(path), name)).mode & 0o777).toBe(0o600);
        for (const made of [dirname(path), dirname(dirname(path))]) expect(statSync(made).mode & 0o777).toBe(0o700);
        await session.close();
      } finally {
        process.umask(before);
      }
    }
  });

  it("names itself and the way on where it may only be read, and where the disk is full", () => {
    const failure = (errcode: number) => ledgerErrorOf("/x/ledger.db", Object.assign(new Error("?"), { errcode }));
    expect(failure(8).message).toBe(
      "The ledger /x/ledger.db cannot be written: it may only be read. Give this program the right to write it and its folder, or name another file for the ledger."
    );
    for (const code of ["EACCES", "EROFS", "EPERM"]) {
      expect(ledgerErrorOf("/x/ledger.db", Object.assign(new Error("?"), { code })).message).toMatch(
        /\/x\/ledger.db cannot be written.*name another file/u
      );
    }
    const full = [failure(13), ledgerErrorOf("/x/ledger.db", Object.assign(new Error("?"), { code: "ENOSPC" }))];
    for (const { message } of full) {
      expect(message).toMatch(/The disk of the ledger \/x\/ledger.db is full\. Free some space/u);
      expect(message).not.toMatch(/delete/u);
    }
  });
});

describe("one SQLite ledger by two paths", () => {
  it.each(["symbolic link", "hard link", "link in another folder", "hard link in another folder"])(
    "is one, with one lock, by a %s",
    async (how) => {
      const path = freshPath();
      const first = await createSqliteLedger(path).open(scope);
      await first.acknowledge([entry("a")]);
      const other = how.endsWith("folder") ? join(mkdtempSync(join(folder, "other-")), "name.db") : freshPath();
      if (how.startsWith("hard")) linkSync(path, other);
      else symlinkSync(path, other);
      await expect(createSqliteLedger(other).open(scope)).rejects.toMatchObject({ _tag: "LedgerFailed", isBusy: true });
      expect(await createSqliteLedger(other).place!()).toBe(await createSqliteLedger(path).place!());
      await first.close();
      const second = await createSqliteLedger(other).open(scope);
      expect((await second.get(["a"])).size).toBe(1);
      await expect(createSqliteLedger(path).open(scope)).rejects.toMatchObject({ isBusy: true });
      await second.close();
    }
  );

  it("is made where a link leads to a file that is not there yet", async () => {
    const path = freshPath();
    const link = freshPath();
    symlinkSync(path, link);
    const session = await createSqliteLedger(link).open(scope);
    await expect(createSqliteLedger(path).open(scope)).rejects.toMatchObject({ isBusy: true });
    await session.close();
  });
});
