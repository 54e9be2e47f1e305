import { Unanswered } from "@tideway/core";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { cbg, cbgs } from "../support/datums.ts";
import { uploadVirtually } from "../support/virtually.ts";

/** The first post is told to be without an answer, and goes on between its two steps until it is let go. */
const zombie = () => {
  let release = () => undefined as void;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let posts = 0;
  const order: Array<string> = [];
  const inner = createMemoryTransport({
    between: async (call) => {
      if (call.name !== "postData") return;
      if (posts++ === 0) await held;
      order.push(String((call.datums[0]!["origin"] as { id: string }).id));
    }
  });
  let calls = 0;
  const transport = {
    ...inner,
    postData: async (...args: Parameters<typeof inner.postData>) => {
      const answer = inner.postData(...args);
      if (calls++ > 0) return answer;
      void answer;
      throw new Unanswered({ message: "No answer." });
    }
  } as typeof inner;
  return { transport, inner, release, order };
};

describe("promise 12: an answer that never came", () => {
  it("sends the chunk once more, alone and after everything else, when the request must be dead: one copy stays", async () => {
    const { transport, inner, release, order } = zombie();
    const onProgress = ({ type }: { readonly type: string }) => {
      // The waiting begins when everything else is through; the first request ends during it.
      if (type === "waiting") release();
    };
    const { receipt, took } = await uploadVirtually({ transport }, cbgs(50), { chunkSize: 10, onProgress });
    expect(receipt).toMatchObject({ read: 50, sent: 50, chunks: 5, requests: 6 });
    expect(took).toBeGreaterThanOrEqual(65_000);
    expect(order.at(-1)).toBe("cbg-0");
    const ids = inner.stored(receipt.sessionId).map((datum) => (datum["origin"] as { id: string }).id);
    expect(ids).toHaveLength(50);
    expect(new Set(ids).size).toBe(50);
  });

  it("would have left doubles by retrying at once: the interleaving is real", async () => {
    const { transport, inner, release } = zombie();
    const session = await inner.createDataSet("u", {});
    const body = JSON.stringify(cbgs(1));
    await expect(transport.postData(session.uploadId, body)).rejects.toThrow("No answer");
    const retry = transport.postData(session.uploadId, body);
    await retry;
    release();
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    expect(inner.stored(session.uploadId)).toHaveLength(2);
  });

  it("keeps newer versions of those datums behind it", async () => {
    const { transport, inner, release, order } = zombie();
    const onProgress = ({ type }: { readonly type: string }) => {
      if (type === "waiting") release();
    };
    const source = [...cbgs(10), ...cbgs(30).slice(10), cbg(3, 333)];
    const { receipt } = await uploadVirtually({ transport }, source, { chunkSize: 10, onProgress });
    expect(order.slice(-2)).toEqual(["cbg-0", "cbg-3"]);
    const versions = inner.stored(receipt.sessionId).filter(({ origin }) => (origin as { id: string }).id === "cbg-3");
    expect(versions.map(({ value }) => value)).toEqual([18.48399]);
  });

  it("waits in the next run, too, for a request that a dead run left behind", async () => {
    const ledger = createMemoryLedger();
    const transport = createMemoryTransport();
    await uploadVirtually({ transport, ledger }, [cbg(99)]);
    const sessionId = transport.dataSets[0]!.uploadId;
    const crashed = await ledger.open({
      server: transport.server,
      userId: "u",
      clientName: "org.example.app",
      sessionId
    });
    await crashed.begin({ chunk: 0, originIds: ["cbg-3"], begun: 0 }, []);
    await crashed.close();
    const { receipt, took } = await uploadVirtually({ transport, ledger }, cbgs(30), { chunkSize: 10 });
    expect(receipt).toMatchObject({ sent: 30 });
    expect(took).toBeGreaterThanOrEqual(64_000);
    const last = transport.calls.findLast(({ name }) => name === "postData");
    expect(last).toMatchObject({ datums: cbgs(10) });
  });
});
