import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { cbgs } from "../support/datums.ts";
import { uploadVirtually } from "../support/virtually.ts";

type Memory = ReturnType<typeof createMemoryTransport>;

const once = (transport: () => Memory, posts: number, act: (transport: Memory, sessionId: string) => unknown) => {
  let count = 0;
  return createMemoryTransport({
    before: async (call) => {
      if (call.name === "postData" && count++ === posts) await act(transport(), call.dataSetId);
    }
  });
};

const ways = [
  ["closed (409)", (transport: Memory, id: string) => transport.close(id)],
  ["gone (404)", (transport: Memory, id: string) => transport.drop(id)],
  ["deleted while it goes on accepting", (transport: Memory, id: string) => transport.deleteDataSet(id)]
] as const;

describe("promise 8: a session that is lost", () => {
  it.each(ways)("%s half-way: everything is sent to the next one", async (_, act) => {
    const transport: Memory = once(() => transport, 3, act);
    const { receipt, failure } = await uploadVirtually({ transport }, cbgs(100), { chunkSize: 10 });
    expect(failure).toBeUndefined();
    expect(receipt).toMatchObject({ read: 100, sent: 100, sessionOpened: true });
    expect(transport.dataSets.at(-1)?.uploadId).toBe(receipt.sessionId);
    expect(transport.stored(receipt.sessionId)).toHaveLength(100);
  });

  it.each(ways)("%s before the run: the ledger of the old session is not believed for the new one", async (_, act) => {
    const transport = createMemoryTransport();
    const ledger = createMemoryLedger();
    const first = await uploadVirtually({ transport, ledger }, cbgs(50));
    await act(transport, first.receipt.sessionId);
    const { receipt } = await uploadVirtually({ transport, ledger }, cbgs(60));
    expect(receipt.sessionId).not.toBe(first.receipt.sessionId);
    expect(transport.stored(receipt.sessionId)).toHaveLength(60);
  });

  it("carries what was read to the next session, where the lost one took nothing and the source is read only once", async () => {
    const transport = createMemoryTransport();
    const first = await uploadVirtually({ transport }, cbgs(5));
    transport.close(first.receipt.sessionId);
    const onlyOnce = (function* () {
      yield* cbgs(15);
      yield* cbgs(100, 120);
    })();
    const { receipt, failure } = await uploadVirtually({ transport }, onlyOnce, { chunkSize: 10 });
    expect(failure).toBeUndefined();
    const { read, sent, skipped } = receipt;
    expect([read, sent + skipped]).toEqual([115, 115]);
    const stored = transport.stored(receipt.sessionId);
    expect(stored).toHaveLength(100);
    expect(new Set(stored.map(({ value }) => value))).toEqual(new Set([6.6609]));
  });

  it("passes over a session that was closed once, so that a source read only once goes to the next one from then on", async () => {
    const transport = createMemoryTransport();
    const ledger = createMemoryLedger();
    const first = await uploadVirtually({ transport, ledger }, cbgs(50));
    transport.close(first.receipt.sessionId);
    const second = await uploadVirtually({ transport, ledger }, cbgs(60));
    const onlyOnce = (function* () {
      yield* cbgs(70);
    })();
    const { receipt, failure } = await uploadVirtually({ transport, ledger }, onlyOnce);
    expect(failure).toBeUndefined();
    expect(receipt).toMatchObject({ sessionId: second.receipt.sessionId, unchanged: 60, sent: 10, requests: 1 });
  });

  it("says so where a source that is read only once would have to be read again", async () => {
    const transport: Memory = once(
      () => transport,
      3,
      (memory, id) => memory.close(id)
    );
    const onlyOnce = (function* () {
      yield* cbgs(100);
    })();
    const { failure, receipt } = await uploadVirtually({ transport }, onlyOnce, { chunkSize: 10, concurrency: 1 });
    expect(failure?.cause._tag).toBe("SessionLost");
    expect(receipt.sent).toBe(30);
    const again = await uploadVirtually({ transport }, cbgs(100));
    expect(transport.stored(again.receipt.sessionId)).toHaveLength(100);
  });

  it("says what happens where session after session is taken away, however often the source can be read", async () => {
    const transport: Memory = createMemoryTransport({
      before: ({ name }) => {
        if (name === "postData") for (const { uploadId } of transport.dataSets) transport.drop(uploadId);
      }
    });
    const { failure } = await uploadVirtually({ transport }, cbgs(10));
    expect(failure?.cause._tag).toBe("SessionLost");
    expect(failure?.message).toMatch(/closed or deleted.* 5 times/u);
    expect(failure?.message).not.toMatch(/read twice/u);
  });

  it("never trusts a session that it does not find listed: it looks at the start and at the end of every upload", async () => {
    const transport = createMemoryTransport();
    await uploadVirtually({ transport }, cbgs(5));
    const before = transport.calls.length;
    await uploadVirtually({ transport }, cbgs(5));
    expect(transport.calls.slice(before).map(({ name }) => name)).toEqual(["listDataSets", "postData", "listDataSets"]);
  });
});
