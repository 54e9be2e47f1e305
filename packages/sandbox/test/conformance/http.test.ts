import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createMemoryStore, type SandboxRuntime } from "@tideway/sandbox";
import { createSqliteStore } from "@tideway/sandbox/node";
import { describe, expect, it } from "vitest";
import { startServers } from "../over-sockets.ts";
import { difference, differenceUnordered } from "./matches.ts";
import { replay } from "./replay.ts";
import type { Scenario } from "./scenario.ts";

const folder = new URL(process.env["TIDEWAY_SCENARIOS"] ?? "../../../../../shared/conformance/http/", import.meta.url);
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];

/** A clock that never shows the same moment twice: sets made one after another have an order. */
const ticking = (): Pick<SandboxRuntime, "now"> => {
  let now = Date.UTC(2026, 10, 22, 12);
  return { now: () => (now += 7) };
};

describe.skipIf(names.length === 0)("the recorded scenarios of the data service", () => {
  it("are there", () => expect(names.length).toBeGreaterThan(30));

  describe.each([
    ["memory", () => createMemoryStore()],
    ["SQLite", () => createSqliteStore({ path: ":memory:" })]
  ])("with the %s store", (_, makeStore) => {
    it.each(names)("go the same way: %s", async (name) => {
      const scenario = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Scenario;
      const store = makeStore();
      const servers = await startServers(store, { users: scenario.users, runtime: ticking() });
      const differs = await replay(scenario, servers).finally(() => servers.close());
      store.close();
      expect(differs, scenario.about).toBeUndefined();
    });
  });
});

describe("the comparison with what was recorded", () => {
  const [a, b] = ["a".repeat(32), "b".repeat(32)];

  it("takes one placeholder for one id, and one id for one placeholder", () => {
    expect(difference(["<id:1>", "<id:2>", "<id:1>"], [a, b, a])).toBeUndefined();
    expect(difference(["<id:1>", "<id:1>"], [a, b])).toContain("/1");
    expect(difference(["<id:1>", "<id:2>"], [a, a])).toContain("/1");
  });

  it("lets no member be missing or more, and nothing be anything", () => {
    expect(difference({ detail: "<any>" }, { detail: 1 })).toBeUndefined();
    expect(difference({ detail: "<any>" }, {})).toBeDefined();
    expect(difference({}, { detail: 1 })).toBeDefined();
    expect(difference(undefined, {})).toBeDefined();
    expect(differenceUnordered({ errors: [] }, { errors: [], meta: {} })).toBeDefined();
    expect(
      differenceUnordered({ errors: [{ code: "a" }, { code: "b" }] }, { errors: [{ code: "b" }, { code: "a" }] })
    ).toBe(undefined);
  });
});
