import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createSandbox } from "@tideway/sandbox";
import { createSqliteStore, migrate, migrations, StoreInUse, StoreTooNew } from "@tideway/sandbox/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clientOf, reading } from "./client.ts";

let path = "";
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "sandbox-")), "data.sqlite");
});
afterEach(() => rmSync(join(path, ".."), { recursive: true }));

const users = [{ userId: "u1", token: "t1" }];

describe("a file", () => {
  it("keeps sessions, data, users and tokens when the sandbox stops and starts again", async () => {
    const before = createSqliteStore({ path });
    const first = clientOf(createSandbox({ store: before, users }), "t1");
    const uploadId = await first.open("u1");
    await first.call("POST", `/v1/data_sets/${uploadId}/data`, [
      reading("a", 100),
      reading("b", 120),
      reading(undefined, 60)
    ]);
    before.close();
    const after = createSqliteStore({ path });
    const second = clientOf(createSandbox({ store: after, users: [] }), "t1");
    expect(await second.json("GET", "/v1/users/u1/data_sets")).toMatchObject([{ uploadId }]);
    await second.call("POST", `/v1/data_sets/${uploadId}/data`, [reading("a", 180)]);
    const values = (await second.read("u1", uploadId)).map(({ value }) => value);
    expect(values.sort()).toEqual([3.33045, 6.6609, 9.99135]);
    after.close();
  });

  it("belongs to one sandbox at a time", () => {
    const store = createSqliteStore({ path });
    expect(() => createSqliteStore({ path })).toThrow(StoreInUse);
    store.close();
    createSqliteStore({ path }).close();
  });

  it("carries its schema version and refuses to be opened by an older sandbox", () => {
    createSqliteStore({ path }).close();
    const database = new DatabaseSync(path);
    expect(database.prepare("PRAGMA user_version").get()).toEqual({ user_version: migrations.length });
    database.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    database.close();
    expect(() => createSqliteStore({ path })).toThrow(StoreTooNew);
  });

  it("is brought to the newest version step by step, and a step that fails leaves the last good one", () => {
    const database = new DatabaseSync(":memory:");
    migrate(database, ["CREATE TABLE a (x)"]);
    database.exec("INSERT INTO a VALUES (1)");
    expect(() => migrate(database, ["CREATE TABLE a (x)", "ALTER TABLE a ADD y; NONSENSE"])).toThrow();
    expect(database.prepare("SELECT * FROM a").all()).toEqual([{ x: 1 }]);
    migrate(database, ["CREATE TABLE a (x)", "ALTER TABLE a ADD y DEFAULT 2"]);
    expect(database.prepare("SELECT * FROM a").all()).toEqual([{ x: 1, y: 2 }]);
    expect(database.prepare("PRAGMA user_version").get()).toEqual({ user_version: 2 });
  });
});

describe("a transaction that fails", () => {
  it("leaves neither data behind nor a hole in the index of origin ids", async () => {
    const store = createSqliteStore({ path });
    const client = clientOf(createSandbox({ store, users }), "t1");
    const uploadId = await client.open("u1");
    await client.call("POST", `/v1/data_sets/${uploadId}/data`, [reading("a", 100)]);
    expect(() =>
      store.transaction(() => {
        store.removeDatums(uploadId);
        throw new Error("on purpose");
      })
    ).toThrow("on purpose");
    await client.call("POST", `/v1/data_sets/${uploadId}/data`, [reading("a", 120)]);
    expect((await client.read("u1", uploadId)).map(({ value }) => value)).toEqual([6.6609]);
    store.close();
  });
});

describe("the index of origin ids", () => {
  const datum = (at: number) =>
    ({
      originId: `id-${at}`,
      type: "food",
      time: 0,
      hash: undefined,
      state: "active",
      json: `{"id":"${at}"}`
    }) as const;

  /** Enough for a round of writing to begin and, if not `whole`, to be under way. */
  const loaded = async (whole: boolean) => {
    const store = createSqliteStore({ path });
    const uploadId = await clientOf(createSandbox({ store, users }), "t1").open("u1");
    const insert = (from: number, to: number) =>
      store.transaction(() =>
        store.insertDatums(
          uploadId,
          Array.from({ length: to - from }, (_, at) => datum(from + at))
        )
      );
    if (!whole) insert(0, 230_000);
    insert(whole ? 0 : 230_000, count);
    return { store, uploadId };
  };
  const count = 270_000;
  const some = ["id-0", "id-7777", "id-99999", "id-123456", "id-222222", `id-${count - 1}`, "missing"];

  it.each([true, false])(
    "finds each datum, and none that is gone, while ids are in memory, half written or written: %s",
    async (whole) => {
      const { store, uploadId } = await loaded(whole);
      const found = (from: typeof store, values: ReadonlyArray<string>) =>
        from.findActive(uploadId, { by: "origin", values }).map(({ originId }) => originId);
      expect(found(store, some)).toEqual(some.slice(0, -1));
      store.removeDatums(uploadId, { by: "origin", values: some });
      expect(store.countDatums(uploadId)).toEqual({ food: count - 6 });
      store.transaction(() => store.insertDatums(uploadId, [datum(7777)]));
      expect(found(store, some)).toEqual(["id-7777"]);
      store.close();
      const again = createSqliteStore({ path });
      expect(found(again, [...some, "id-5"])).toEqual(["id-5", "id-7777"]);
      again.close();
    }
  );
});
