import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createSqliteLedger } from "@tideway/core/node";
import { afterAll, describe, expect, it } from "vitest";
import { describeLedger, entry, scope } from "./conformance.ts";

const folder = mkdtempSync(join(tmpdir(), "tideway-ledger-"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = promisify(execFile);

let count = 0;
const freshPath = () => join(folder, `ledger-${++count}.db`);
const now = () => 42;

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

  it("claims nothing that is not so wherever a part of its file was overwritten, and works at the second try", async () => {
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
      const known = await claimed().catch((cause: unknown) => {
        expect(cause).toMatchObject({ _tag: "LedgerFailed", message: expect.stringContaining("put aside") });
        return claimed();
      });
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

  it("leaves a database of another program as it is", async () => {
    const path = freshPath();
    const other = new DatabaseSync(path);
    other.exec("CREATE TABLE notes (text TEXT)");
    other.close();
    await expect(createSqliteLedger(path).open(scope)).rejects.toThrow(/another program/u);
    const again = new DatabaseSync(path);
    expect(again.prepare("SELECT name FROM sqlite_master").all()).toEqual([{ name: "notes" }]);
    again.close();
  });

  it("puts a ledger with older tables aside", async () => {
    const path = freshPath();
    const older = new DatabaseSync(path);
    older.exec("CREATE TABLE datum (origin_id TEXT); PRAGMA user_version = 1");
    older.close();
    const session = await createSqliteLedger(path, { now }).open(scope);
    await session.acknowledge([entry("a")]);
    await session.close();
    expect(existsSync(`${path}.damaged-42`)).toBe(true);
  });

  it("puts a file that is no ledger aside instead of losing it", async () => {
    const path = freshPath();
    writeFileSync(path, "my diary\n".repeat(100));
    const told: Array<string> = [];
    const onPutAside = (aside: string) => void told.push(aside);
    const session = await createSqliteLedger(path, { now, onPutAside }).open(scope);
    await session.acknowledge([entry("a")]);
    await session.close();
    expect(told).toEqual([`${path}.damaged-42`]);
    expect(readFileSync(told[0]!, "utf8")).toContain("my diary");
  });
});
