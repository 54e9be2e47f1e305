import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Acknowledged } from "../../src/index.ts";
import { Entries, type EntriesOptions } from "../../src/node/entries/entries.ts";
import { keyOf } from "../../src/node/entries/id-key.ts";
import { openDatabase } from "../../src/node/sqlite-database.ts";
import { SqliteSession } from "../../src/node/sqlite-session.ts";
import { entry, scope } from "./conformance.ts";

const session = 3;

const freshDatabase = () => openDatabase(":memory:");

/** Does the work and saves it in one transaction. */
const saving = (database: DatabaseSync, entries: Entries, work: () => void) => {
  database.exec("BEGIN");
  work();
  entries.save();
  database.exec("COMMIT");
};

const known = (entries: Entries, id: string): Acknowledged | undefined => {
  const place = entries.find(id);
  return place === undefined ? undefined : entries.at(place);
};

const rowsIn = (database: DatabaseSync, table: "block" | "leaf" | "tail") =>
  Number(database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()!["rows"]);

const idOf = (index: number) => `reading ${index}`;

/** What a source does: a stretch of ids, forwards, backwards or mixed. */
const stretch = (ids: number) =>
  fc
    .record({
      from: fc.nat(ids - 1),
      length: fc.integer({ min: 1, max: Math.floor(ids / 3) }),
      order: fc.constantFrom("forwards", "backwards", "mixed")
    })
    .map(({ from, length, order }) => {
      const indices = Array.from({ length }, (_, index) => (from + index) % ids);
      if (order === "backwards") indices.reverse();
      if (order === "mixed") indices.sort((a, b) => ((a * 7919) % ids) - ((b * 7919) % ids));
      return indices.map(idOf);
    });

const does = (ids: number) =>
  fc.record({
    what: fc.constantFrom("put", "put", "put", "forget", "look", "reopen", "end", "fail", "fail at the end"),
    ids: stretch(ids)
  });

/** Does at random what a ledger is told, and compares it after each step with a plain Map. */
const compare = (ids: number, runs: number, room: number, key: (id: string) => number) => {
  fc.assert(
    fc.property(fc.array(does(ids), { maxLength: 25 }), (steps) => {
      const database = freshDatabase();
      const options: EntriesOptions = { room, worthKeeping: room / 10, key };
      let entries = new Entries(database, session, options);
      const model = new Map<string, Acknowledged>();
      for (const [version, { what, ids: told }] of steps.entries()) {
        const children = version % 3 === 0 ? [`child ${version}`] : [];
        const next = told.map((id) => ({ ...entry(id, `${id} of ${version}`), children }));
        if (what === "put") {
          saving(database, entries, () => next.forEach((one) => entries.put(one)));
          for (const one of next) model.set(one.originId, one);
        }
        if (what === "forget") {
          saving(database, entries, () => told.forEach((id) => entries.forget(id)));
          for (const id of told) model.delete(id);
        }
        if (what === "end") saving(database, entries, () => entries.saveLast());
        if (what.startsWith("fail")) {
          database.exec("BEGIN");
          for (const one of next) entries.put(one);
          if (what === "fail") entries.save();
          else entries.saveLast();
          database.exec("ROLLBACK");
        }
        if (what !== "put" && what !== "forget" && what !== "look") entries = new Entries(database, session, options);
        expect(told.map((id) => known(entries, id))).toEqual(told.map((id) => model.get(id)));
      }
      const all = Array.from({ length: ids }, (_, index) => idOf(index));
      expect(all.map((id) => known(entries, id))).toEqual(all.map((id) => model.get(id)));
      expect(new Map([...entries.places()].map((place) => [entries.at(place).originId, place])).size).toBe(model.size);
      expect([...entries.places()]).toHaveLength(model.size);
      database.close();
    }),
    { numRuns: runs }
  );
};

describe("the entries of a SQLite ledger", () => {
  it("are what a plain Map would have, however they are told, saved, lost and read again", () => {
    compare(1000, 60, 200, keyOf);
  });

  it("are what a plain Map would have where ids share their keys", () => {
    compare(120, 150, 30, (id) => keyOf(id) % 40);
  });

  it("are what a plain Map would have where keys stand side by side in several rows", () => {
    compare(120, 150, 30, (id) => (keyOf(id) % 3) * 2 ** 25 + (keyOf(id) % 31));
  });

  it("are found among so many that the index is in many rows, in whatever order they came", () => {
    const database = freshDatabase();
    const ids = Array.from({ length: 20_000 }, (_, index) => idOf((index * 7919) % 20_000));
    const entries = new Entries(database, session, { room: 3000 });
    for (let from = 0; from < ids.length; from += 1000) {
      saving(database, entries, () => ids.slice(from, from + 1000).forEach((id) => entries.put(entry(id))));
    }
    expect(rowsIn(database, "leaf")).toBeGreaterThan(30);
    const again = new Entries(database, session, { room: 3000 });
    for (let index = 0; index < ids.length; index++) expect(known(again, idOf(index))).toEqual(entry(idOf(index)));
    expect(known(again, idOf(20_000))).toBeUndefined();
  });

  it("are found by what was kept of the index, without being entered anew", () => {
    const database = freshDatabase();
    const options = { room: 1500, worthKeeping: 100 };
    const ids = Array.from({ length: 1000 }, (_, index) => idOf(index));
    const entries = new Entries(database, session, options);
    saving(database, entries, () => ids.forEach((id) => entries.put(entry(id))));
    saving(database, entries, () => entries.saveLast());
    expect(rowsIn(database, "tail")).toBe(1);
    const asked: Array<string> = [];
    const key = (id: string) => {
      asked.push(id);
      return keyOf(id);
    };
    const next = new Entries(database, session, { ...options, key });
    expect(asked).toEqual([]);
    expect(known(next, idOf(500))).toEqual(entry(idOf(500)));
    saving(database, next, () => next.put(entry("new")));
    asked.length = 0;
    const last = new Entries(database, session, { ...options, key });
    expect(asked).toEqual(["new"]);
    expect(known(last, "new")).toEqual(entry("new"));
    saving(database, last, () => ids.forEach((id) => last.put(entry(`another ${id}`))));
    expect(rowsIn(database, "leaf")).toBeGreaterThan(0);
    expect(rowsIn(database, "tail")).toBe(0);
  });

  it("are entered anew where what was kept of the index is damaged, so that none is there twice", () => {
    const database = freshDatabase();
    const options = { worthKeeping: 100 };
    const ids = Array.from({ length: 1000 }, (_, index) => idOf(index));
    const entries = new Entries(database, session, options);
    saving(database, entries, () => ids.forEach((id) => entries.put(entry(id))));
    saving(database, entries, () => entries.saveLast());
    const { places } = database.prepare("SELECT places FROM tail").get() as { places: Uint8Array };
    places.fill(0, 100, 700);
    database.prepare("UPDATE tail SET places = ?").run(places);
    const next = new Entries(database, session, options);
    saving(database, next, () => ids.toReversed().forEach((id) => next.put(entry(id, "newer"))));
    expect([...next.places()]).toHaveLength(1000);
    expect(ids.map((id) => known(next, id)?.fingerprint)).toEqual(ids.map(() => "newer"));
  });

  it("take no room for what was forgotten", () => {
    const database = freshDatabase();
    const entries = new Entries(database, session);
    const ids = Array.from({ length: 1000 }, (_, index) => idOf(index));
    saving(database, entries, () => ids.forEach((id) => entries.put(entry(id))));
    expect(rowsIn(database, "block")).toBe(16);
    saving(database, entries, () => ids.forEach((id) => entries.forget(id)));
    expect(rowsIn(database, "block")).toBe(0);
  });

  it("are found where the newest of them were forgotten before", () => {
    const database = freshDatabase();
    const options = { room: 100 };
    const ids = Array.from({ length: 100 }, (_, index) => idOf(index));
    const entries = new Entries(database, session, options);
    saving(database, entries, () => ids.forEach((id) => entries.put(entry(id))));
    saving(database, entries, () => ids.forEach((id) => entries.forget(id)));
    const next = new Entries(database, session, options);
    saving(database, next, () => next.put(entry("new")));
    expect(known(new Entries(database, session, options), "new")).toEqual(entry("new"));
  });

  it("do not claim what could not be saved, and leave it in doubt", () => {
    const path = join(mkdtempSync(join(tmpdir(), "tideway-entries-")), "ledger.db");
    const database = openDatabase(path);
    const ledger = new SqliteSession(database, scope);
    ledger.begin({ chunk: 0, originIds: ["a"], begun: 0 }, []);
    ledger.acknowledge([entry("a")]);
    ledger.end(0);
    ledger.begin({ chunk: 1, originIds: ["a", "b"], begun: 1 }, ["a"]);
    ledger.acknowledge([entry("a", "newer"), entry("b")]);
    database.exec("CREATE TEMP TRIGGER full BEFORE INSERT ON block BEGIN SELECT RAISE(ABORT, 'disk full'); END");
    expect(() => ledger.end(1)).toThrow("disk full");
    database.exec("DROP TRIGGER full");
    expect([...ledger.get(["a", "b"]).values()]).toEqual([entry("a", "")]);
    ledger.acknowledge([entry("c")]);
    ledger.close();
    const next = new SqliteSession(openDatabase(path), scope);
    expect([...next.get(["a", "b", "c"]).keys()]).toEqual(["a", "c"]);
    expect(next.inDoubtWrites()).toEqual([{ chunk: 1, originIds: ["a", "b"], begun: 1 }]);
    next.close();
    rmSync(dirname(path), { recursive: true });
  });

  it("have an id once where a source has it often", () => {
    const database = freshDatabase();
    const ledger = new SqliteSession(database, scope);
    ledger.acknowledge([entry("a", "1"), entry("a", "2"), entry("b"), entry("a", "3")]);
    expect(ledger.get(["a"]).get("a")).toEqual(entry("a", "3"));
    ledger.begin({ chunk: 0, originIds: [], begun: 0 }, []);
    const next = new SqliteSession(database, scope);
    expect([...next.unseen()].flat()).toEqual([entry("a", "3"), entry("b")]);
    ledger.close();
  });
});
