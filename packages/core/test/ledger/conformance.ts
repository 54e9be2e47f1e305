import type { Acknowledged, Ledger, LedgerScope } from "@tideway/core";
import { expect, it } from "vitest";

export const scope: LedgerScope = { sessionId: "s" };

export const entry = (id: string, fingerprint = `print of ${id}`): Acknowledged => ({
  originId: id,
  fingerprint,
  kind: "cbg",
  children: []
});

/** What every ledger has to do. `make` gives a fresh one, whose content lasts as long as the test. */
export const describeLedger = (make: () => Ledger) => {
  it("knows what was acknowledged, in the run and after it", async () => {
    const ledger = make();
    const first = await ledger.open(scope);
    await first.acknowledge([entry("a"), { ...entry("b"), kind: "wizard", children: ["b/bolus"] }]);
    expect((await first.get(["a", "x"])).get("a")?.fingerprint).toBe("print of a");
    await first.close();
    const second = await ledger.open(scope);
    const known = await second.get(["a", "b", "c"]);
    expect([...known.keys()].sort()).toEqual(["a", "b"]);
    expect(known.get("b")).toMatchObject({ kind: "wizard", children: ["b/bolus"] });
    await second.acknowledge([entry("a", "newer")]);
    expect((await second.get(["a"])).get("a")?.fingerprint).toBe("newer");
    await second.close();
  });

  it("keeps sessions apart", async () => {
    const ledger = make();
    const mine = await ledger.open(scope);
    await mine.acknowledge([entry("a")]);
    const theirs = await ledger.open({ sessionId: "t" });
    expect((await theirs.get(["a"])).size).toBe(0);
    await theirs.close();
    await mine.close();
  });

  it("knows a session by its id alone, whatever the server and the user are called", async () => {
    const ledger = make();
    const named = { ...scope, server: "http://127.0.0.1:8009", userId: "u", clientName: "org.example" };
    const first = await ledger.open(named);
    const otherName = { ...named, server: "http://localhost:8009" };
    await expect(ledger.open(otherName)).rejects.toMatchObject({ _tag: "LedgerFailed", isBusy: true });
    await first.acknowledge([entry("a")]);
    await first.close();
    const second = await ledger.open(otherName);
    expect((await second.get(["a"])).size).toBe(1);
    await second.close();
  });

  it("refuses a second run into the same session until the first has ended", async () => {
    const ledger = make();
    const first = await ledger.open(scope);
    await expect(ledger.open(scope)).rejects.toMatchObject({ _tag: "LedgerFailed", isBusy: true });
    await first.close();
    const second = await ledger.open(scope);
    await second.close();
  });

  it("claims no version of what is about to be overwritten, but knows what was inside, and remembers that the outcome is in doubt", async () => {
    const ledger = make();
    const first = await ledger.open(scope);
    await first.acknowledge([{ ...entry("a"), children: ["a/bolus"] }, entry("b")]);
    await first.begin({ chunk: 0, originIds: ["a"], begun: 1000 }, ["a"]);
    await first.begin({ chunk: 1, originIds: ["c"], begun: 2000 }, []);
    await first.begin({ chunk: 2, originIds: ["d"], begun: 3000 }, []);
    await first.end(2);
    expect(await first.inDoubtWrites()).toEqual([]);
    await first.close();
    const second = await ledger.open(scope);
    const known = await second.get(["a", "b", "c"]);
    expect([...known].map(([id, { fingerprint }]) => [id, fingerprint]).sort()).toEqual([
      ["a", ""],
      ["b", "print of b"]
    ]);
    expect(known.get("a")?.children).toEqual(["a/bolus"]);
    const inDoubt = await second.inDoubtWrites();
    expect(inDoubt.map(({ originIds, begun }) => [begun, ...originIds])).toEqual([
      [1000, "a"],
      [2000, "c"]
    ]);
    await second.suspect([], 1500);
    expect(await second.inDoubtWrites()).toHaveLength(1);
    await second.close();
    const third = await ledger.open(scope);
    expect(await third.inDoubtWrites()).toHaveLength(1);
    await third.close();
  });

  it("keeps what may be there like what was acknowledged before, and takes nothing from what is known", async () => {
    const ledger = make();
    const first = await ledger.open(scope);
    await first.acknowledge([entry("a")]);
    await first.begin({ chunk: 0, originIds: ["a"], begun: 1000 }, ["a"]);
    await first.begin({ chunk: 1, originIds: ["b"], begun: 2000 }, []);
    await first.close();
    const second = await ledger.open(scope);
    await second.begin({ chunk: 0, originIds: ["c"], begun: 500 }, []);
    const perhaps = { fingerprint: "", kind: "unknown" as const };
    const suspects = [
      { ...perhaps, originId: "a", children: ["a/bolus"] },
      { ...perhaps, originId: "b", children: [] }
    ];
    await second.suspect(suspects, 1500);
    const known = await second.get(["a", "b"]);
    expect(known.get("a")).toMatchObject({ fingerprint: "", kind: "cbg", children: ["a/bolus"] });
    expect(known.get("b")).toMatchObject({ fingerprint: "", kind: "unknown", children: [] });
    const unseen: Array<string> = [];
    for await (const page of second.unseen()) unseen.push(...page.map(({ originId }) => originId));
    expect(unseen.sort()).toEqual(["a", "b"]);
    expect((await second.inDoubtWrites()).map(({ begun }) => begun)).toEqual([2000]);
    await second.close();
    const third = await ledger.open(scope);
    expect((await third.inDoubtWrites()).map(({ begun }) => begun).sort()).toEqual([2000, 500]);
    await third.close();
  });

  it("tells what a run neither acknowledged nor saw, in pages", async () => {
    const ledger = make();
    const first = await ledger.open(scope);
    await first.acknowledge(Array.from({ length: 2500 }, (_, index) => entry(`id ${String(index).padStart(4, "0")}`)));
    await first.close();
    const second = await ledger.open(scope);
    await second.see(["id 0000", "id 0001", "nobody"]);
    await second.acknowledge([entry("id 0002", "newer")]);
    await second.forget(["id 0003"]);
    const unseen: Array<string> = [];
    for await (const page of second.unseen()) unseen.push(...page.map(({ originId }) => originId));
    expect(unseen).toHaveLength(2496);
    expect(unseen).not.toContain("id 0002");
    await second.close();
  });

  it("does not bring back what was forgotten while it was seen", async () => {
    const ledger = make();
    const open = await ledger.open(scope);
    await open.acknowledge([entry("a"), entry("b")]);
    await Promise.all([
      open.see(["a", "b"]),
      open.forget(["a"]),
      open.begin({ chunk: 0, originIds: ["b"], begun: 1 }, ["b"])
    ]);
    const known = await open.get(["a", "b"]);
    expect([...known].map(([id, { fingerprint }]) => [id, fingerprint])).toEqual([["b", ""]]);
    await open.close();
  });
};
