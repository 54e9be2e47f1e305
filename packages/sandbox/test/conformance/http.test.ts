import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createMemoryStore, createSandbox, type World } from "@tideway/sandbox";
import { createSqliteStore } from "@tideway/sandbox/node";
import { describe, expect, it } from "vitest";
import { replay } from "./replay.ts";
import type { Scenario } from "./scenario.ts";

const folder = new URL(process.env["TIDEWAY_SCENARIOS"] ?? "../../../../../shared/conformance/http/", import.meta.url);
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];

/** A clock that never shows the same moment twice: sets made one after another have an order. */
function ticking(): Pick<World, "now"> {
  let now = Date.UTC(2026, 10, 22, 12);
  return { now: () => (now += 7) };
}

describe.skipIf(names.length === 0)("the recorded scenarios of the data service", () => {
  it("are there", () => expect(names.length).toBeGreaterThan(30));

  describe.each([
    ["memory", () => createMemoryStore()],
    ["SQLite", () => createSqliteStore({ path: ":memory:" })]
  ])("with the %s store", (_, makeStore) => {
    it.each(names)("go the same way: %s", async (name) => {
      const scenario = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Scenario;
      const store = makeStore();
      const sandbox = createSandbox({ store, users: scenario.users, surface: "service", world: ticking() });
      expect(await replay(scenario, sandbox), scenario.about).toBeUndefined();
      store.close();
    });
  });
});
