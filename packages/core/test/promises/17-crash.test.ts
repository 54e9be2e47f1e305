import { type Ledger, ServerFailed, type SessionLedger } from "@tideway/core";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { bolus, cbg, cbgs, wizardWith } from "../support/datums.ts";
import { uploadVirtually } from "../support/virtually.ts";

/** Works for so many calls; then every write fails, as on a full disk. */
const fullAfter = (calls: number, inner: Ledger): Ledger => ({
  open: async (scope) => {
    const session = await inner.open(scope);
    let left = calls;
    const write =
      <A extends ReadonlyArray<never>, B>(call: (...args: A) => Promise<B>) =>
      async (...args: A): Promise<B> => {
        if (left-- <= 0) throw new Error("No space left on device.");
        return call(...args);
      };
    const full: Partial<SessionLedger> = {
      begin: write(session.begin),
      acknowledge: write(session.acknowledge),
      end: write(session.end)
    };
    return { ...session, ...full };
  }
});

describe("promise 17: a crash at any point", () => {
  it("stops with the ledger's error on a full disk, wherever that happens; the next run completes the work", async () => {
    for (let calls = 0; calls < 14; calls++) {
      const transport = createMemoryTransport();
      const ledger = createMemoryLedger();
      await uploadVirtually({ transport, ledger }, cbgs(10));
      const changed = cbgs(40, 120);
      const options = { chunkSize: 10, concurrency: 1 };
      const { failure } = await uploadVirtually({ transport, ledger: fullAfter(calls, ledger) }, changed, options);
      if (calls < 12) expect(failure?.cause._tag).toBe("LedgerFailed");
      const { receipt } = await uploadVirtually({ transport, ledger }, changed, options);
      expect(receipt.sent + receipt.unchanged).toBe(40);
      expect(transport.stored(receipt.sessionId)).toHaveLength(40);
      expect(new Set(transport.stored(receipt.sessionId).map(({ value }) => value))).toEqual(new Set([6.6609]));
    }
  });

  it("does not believe a ledger that a half-finished change has overtaken", async () => {
    const transport = createMemoryTransport();
    const ledger = createMemoryLedger();
    await uploadVirtually({ transport, ledger }, [cbg(0, 100)]);
    // The newer version arrives, and the process dies before it can write that down.
    await uploadVirtually({ transport, ledger: fullAfter(1, ledger) }, [cbg(0, 200)]);
    const { receipt } = await uploadVirtually({ transport, ledger }, [cbg(0, 100)]);
    expect(receipt).toMatchObject({ sent: 1, unchanged: 0 });
    expect(transport.stored(receipt.sessionId).map(({ value }) => value)).toEqual([5.55075]);
  });

  it("takes what a mirror deleted for gone, though the process died before it could write that down", async () => {
    const transport = createMemoryTransport();
    const ledger = createMemoryLedger();
    await uploadVirtually({ transport, ledger }, cbgs(3));
    const forgetful: Ledger = {
      open: async (scope) => ({
        ...(await ledger.open(scope)),
        forget: () => Promise.reject(new Error("The process is gone."))
      })
    };
    await uploadVirtually({ transport, ledger: forgetful }, cbgs(2), { mirror: true });
    const { receipt } = await uploadVirtually({ transport, ledger }, cbgs(3));
    expect(receipt).toMatchObject({ unchanged: 2, sent: 1 });
    expect(transport.stored(receipt.sessionId)).toHaveLength(3);
  });

  it("deletes in a mirror what a dead run had in flight, and what was inside it and is no more", async () => {
    const transport = createMemoryTransport();
    const ledger = createMemoryLedger();
    const source = [cbg(0), wizardWith("w", bolus(2)), wizardWith("v", bolus(3))];
    // It arrives, and the process dies before it can write that down.
    await uploadVirtually({ transport, ledger: fullAfter(1, ledger) }, source);
    expect(transport.stored(transport.dataSets[0]!.uploadId)).toHaveLength(5);
    const { receipt } = await uploadVirtually({ transport, ledger }, [wizardWith("w")], { mirror: true });
    // Nobody knew for certain that the others were there.
    expect(receipt).toMatchObject({ sent: 1, removed: 0 });
    expect(transport.stored(receipt.sessionId).map(({ origin }) => origin)).toMatchObject([{ id: "w" }]);
  });

  it("deletes in a mirror what a request may have brought that was told to have failed", async () => {
    let isBroken = true;
    const transport = createMemoryTransport({
      after: ({ name }) => {
        if (isBroken && name === "postData") throw new ServerFailed({ message: "Half-way.", status: 500 });
      }
    });
    const ledger = createMemoryLedger();
    const policy = { retry: { attempts: 1 } };
    const { failure } = await uploadVirtually({ transport, ledger, policy }, cbgs(2));
    expect(failure?.cause._tag).toBe("ServerFailed");
    isBroken = false;
    const { receipt, took } = await uploadVirtually({ transport, ledger }, [cbg(1)], { mirror: true });
    expect(took).toBeLessThan(1000);
    expect(transport.stored(receipt.sessionId).map(({ origin }) => origin)).toMatchObject([{ id: "cbg-1" }]);
  });

  it("completes the work where the ledger is gone", async () => {
    const transport = createMemoryTransport();
    await uploadVirtually({ transport, ledger: createMemoryLedger() }, cbgs(30));
    const { receipt } = await uploadVirtually({ transport, ledger: createMemoryLedger() }, cbgs(30));
    expect(transport.stored(receipt.sessionId)).toHaveLength(30);
  });
});
