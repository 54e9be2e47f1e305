import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ledger, createClient } from "@tideway/core";
import { createSqliteLedger } from "@tideway/core/node";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { afterAll, describe, expect, it } from "vitest";
import { cbg, cbgs } from "../support/datums.ts";
import { app, uploadVirtually } from "../support/virtually.ts";

const folder = mkdtempSync(join(tmpdir(), "tideway-turns-"));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;

const sqlite = () => {
  const path = join(folder, `ledger-${++count}.db`);
  return () => createSqliteLedger(path);
};

const memory = () => {
  const ledger = createMemoryLedger();
  return () => ledger;
};

describe.each([
  ["memory", memory],
  ["SQLite", sqlite]
])("uploads of one process with one %s ledger into one session", (_, make) => {
  it("queue up: all 40 that begin at once get in", async () => {
    const transport = createMemoryTransport();
    const open = make();
    const uploads = Array.from({ length: 40 }, async (_unused, index) => {
      // Every second one by another object for the same ledger.
      const own = createClient({ transport, userId: "u", app, ledger: open() });
      return own.upload([cbg(index), cbg(1000)]);
    });
    const receipts = await Promise.all(uploads);
    expect(receipts.map(({ sent, unchanged }) => sent + unchanged)).toEqual(receipts.map(() => 2));
    expect(receipts.reduce((sum, { sent }) => sum + sent, 0)).toBe(41);
    expect(transport.stored(receipts[0]!.sessionId)).toHaveLength(41);
  });

  it("lets an abort end the wait, and the next in line go on", async () => {
    const gate = Promise.withResolvers<void>();
    const transport = createMemoryTransport({
      before: ({ name }) => (name === "postData" ? gate.promise : undefined)
    });
    const open = make();
    const begin = (index: number, signal?: AbortSignal) =>
      createClient({ transport, userId: "u", app, ledger: open() }).upload([cbg(index)], signal ? { signal } : {});
    const first = begin(0);
    const abort = new AbortController();
    const second = begin(1, abort.signal);
    const third = begin(2);
    abort.abort(new Error("Not any more."));
    await expect(second).rejects.toThrow("Not any more.");
    gate.resolve();
    expect(await first).toMatchObject({ sent: 1 });
    expect(await third).toMatchObject({ sent: 1 });
  });
});

describe("a ledger that another program holds", () => {
  const sessionId = "1".padStart(32, "0");

  /** It is held for so many tries to open it. */
  const heldFor = (tries: number): Ledger => {
    const inner = createMemoryLedger();
    let left = tries;
    const holder = inner.open({ sessionId });
    return {
      open: async (scope) => {
        if (left-- === 0) await (await holder).close();
        return inner.open(scope);
      }
    };
  };

  it("is waited for, and that is told", async () => {
    const { receipt, events } = await uploadVirtually(
      { transport: createMemoryTransport(), ledger: heldFor(5) },
      cbgs(3)
    );
    expect(receipt.sent).toBe(3);
    const waits = events.filter(({ type }) => type === "waiting");
    expect(waits).toEqual([
      { type: "waiting", reason: expect.stringContaining("Another program"), milliseconds: 30_000, attempt: 0 }
    ]);
  });

  it("is waited for as long as the option says, and then the upload says that it is busy", async () => {
    const ledger = heldFor(Number.POSITIVE_INFINITY);
    const told: Array<number> = [];
    const options = {
      busyTimeout: 5000,
      onWait: ({ milliseconds }: { milliseconds: number }) => told.push(milliseconds)
    };
    const { failure, took } = await uploadVirtually({ transport: createMemoryTransport(), ledger }, cbgs(3), options);
    expect(failure?.cause).toMatchObject({ _tag: "LedgerFailed", isBusy: true });
    expect(took).toBeGreaterThanOrEqual(5000);
    expect(took).toBeLessThan(6500);
    expect(told).toEqual([5000]);
  });

  it("is not waited for where the option says so", async () => {
    const ledger = heldFor(Number.POSITIVE_INFINITY);
    const { failure } = await uploadVirtually({ transport: createMemoryTransport(), ledger }, cbgs(3), {
      busyTimeout: 0
    });
    expect(failure?.cause).toMatchObject({ _tag: "LedgerFailed", isBusy: true });
  });
});

describe("resend", () => {
  it.each([
    ["memory", memory],
    ["SQLite", sqlite]
  ])("sends everything again with a %s ledger, which is true afterwards", async (_, make) => {
    const transport = createMemoryTransport();
    const open = make();
    await uploadVirtually({ transport, ledger: open() }, cbgs(1200));
    const again = await uploadVirtually({ transport, ledger: open() }, cbgs(1200), { resend: true });
    expect(again.receipt).toMatchObject({ sent: 1200, unchanged: 0 });
    const last = await uploadVirtually({ transport, ledger: open() }, cbgs(1200));
    expect(last.receipt).toMatchObject({ sent: 0, unchanged: 1200 });
    expect(transport.stored(last.receipt.sessionId)).toHaveLength(1200);
  });

  it("is gone on with by the next run where it was stopped", async () => {
    const transport = createMemoryTransport();
    const ledger = createMemoryLedger();
    const { receipt } = await uploadVirtually({ transport, ledger }, cbgs(30));
    await transport.deleteData(receipt.sessionId, [{ origin: { id: "cbg-29" } }]);
    const breaking = async function* () {
      yield cbgs(10).map((datum) => ({ datum }));
      throw new Error("The file ends here.");
    };
    await uploadVirtually({ transport, ledger }, () => ({ pages: breaking() }), { resend: true });
    const last = await uploadVirtually({ transport, ledger }, cbgs(30), { trustLedger: true });
    expect(transport.stored(last.receipt.sessionId)).toHaveLength(30);
  });
});
