import { type InDoubtWrite, Unanswered } from "@tideway/core";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { everyKind } from "@tideway/schemas";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import { describe, expect, it } from "vitest";
import { engineFor } from "../../src/engine/engine.ts";
import { remove } from "../../src/operations/remove/remove.ts";
import { bolus, cbg, cbgs, wizardWith } from "../support/datums.ts";
import { app, uploadVirtually, virtually } from "../support/virtually.ts";

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

const fresh = () => ({ transport: createMemoryTransport(), ledger: createMemoryLedger() });

/** A run that is gone, with one request that it began. */
const leaveBehind = async ({ transport, ledger }: ReturnType<typeof fresh>, doubt: Omit<InDoubtWrite, "chunk">) => {
  const sessionId = transport.dataSets[0]!.uploadId;
  const crashed = await ledger.open({ sessionId });
  await crashed.begin({ chunk: 0, ...doubt }, []);
  await crashed.close();
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
    const options = fresh();
    await uploadVirtually(options, [cbg(99)]);
    await leaveBehind(options, { originIds: ["cbg-3"], begun: 0 });
    const { receipt, took } = await uploadVirtually(options, cbgs(30), { chunkSize: 10 });
    expect(receipt).toMatchObject({ sent: 30 });
    expect(took).toBeGreaterThanOrEqual(64_000);
    const last = options.transport.calls.findLast(({ name }) => name === "postData");
    expect(last).toMatchObject({ datums: cbgs(10) });
  });

  it("neither waits for a request that is dead for long, nor sends anew what was acknowledged since", async () => {
    const options = fresh();
    await uploadVirtually(options, cbgs(3));
    await leaveBehind(options, { originIds: ["cbg-1"], begun: -100_000 });
    const { receipt, took } = await uploadVirtually(options, cbgs(3));
    expect(receipt).toMatchObject({ unchanged: 3, sent: 0 });
    expect(took).toBeLessThan(1000);
  });

  it("deletes in a mirror only when such a request cannot bring it back", async () => {
    const options = fresh();
    const { transport } = options;
    await uploadVirtually(options, cbgs(2));
    await leaveBehind(options, { originIds: ["cbg-9"], begun: 0 });
    const { uploadId } = transport.dataSets[0]!;
    const onProgress = ({ type }: { readonly type: string }) => {
      if (type === "waiting") void transport.postData(uploadId, JSON.stringify([cbg(9)]));
    };
    const { took } = await uploadVirtually(options, cbgs(2), { mirror: true, onProgress });
    expect(took).toBeGreaterThanOrEqual(64_000);
    expect(transport.stored(uploadId).map(({ origin }) => origin)).toMatchObject([{ id: "cbg-0" }, { id: "cbg-1" }]);
  });

  it("deletes what was inside an older version, though a run that is gone was about to", async () => {
    const options = fresh();
    await uploadVirtually(options, [wizardWith("w", bolus(2))]);
    await leaveBehind(options, { originIds: ["w/bolus"], begun: 0 });
    const { receipt } = await uploadVirtually(options, [wizardWith("w")]);
    expect(options.transport.stored(receipt.sessionId).map(({ origin }) => origin)).toMatchObject([{ id: "w" }]);
  });

  /** The first deletion is told to be without an answer, and has its effect when `release` is called. */
  const lateDeletion = () => {
    const inner = createMemoryTransport();
    let release = async () => undefined as void;
    let calls = 0;
    const transport = {
      ...inner,
      deleteData: async (...[id, selectors]: Parameters<typeof inner.deleteData>) => {
        if (calls++ > 0) return inner.deleteData(id, selectors);
        release = () => inner.deleteData(id, selectors);
        throw new Unanswered({ message: "No answer." });
      }
    } as typeof inner;
    const ids = () => inner.stored(inner.dataSets[0]!.uploadId).map(({ origin }) => (origin as { id: string }).id);
    return { transport, ids, release: () => release() };
  };

  it("sends nothing under an id that such a deletion may yet erase, in the same upload", async () => {
    const { transport, ids, release } = lateDeletion();
    const ledger = createMemoryLedger();
    await uploadVirtually({ transport, ledger }, [wizardWith("w", bolus(2))]);
    const onProgress = (event: { readonly type: string; readonly reason?: string }) => {
      if (event.type === "waiting" && event.reason?.includes("can no longer be working on it")) void release();
    };
    const source = [wizardWith("w"), bolus(2, "w/bolus")];
    const { receipt, took } = await uploadVirtually({ transport, ledger }, source, { chunkSize: 1, onProgress });
    expect(receipt.sent).toBe(2);
    expect(took).toBeGreaterThanOrEqual(64_000);
    expect(ids().sort()).toEqual(["w", "w/bolus"]);
  });

  it("ends, where neither a chunk nor what is to be deleted in its wake was answered", async () => {
    const { transport, ids, release } = lateDeletion();
    const ledger = createMemoryLedger();
    await uploadVirtually({ transport, ledger }, [wizardWith("w", bolus(2))]);
    let posts = 0;
    const postData: typeof transport.postData = async (...args) => {
      const answer = await transport.postData(...args);
      if (posts++ > 0) return answer;
      throw new Unanswered({ message: "No answer." });
    };
    const onProgress = ({ type }: { readonly type: string }) => {
      if (type === "waiting") void release();
    };
    const source = [wizardWith("w"), bolus(2, "w/bolus")];
    const options = { chunkSize: 1, onProgress };
    const { receipt } = await uploadVirtually({ transport: { ...transport, postData }, ledger }, source, options);
    expect(receipt).toMatchObject({ sent: 2, requests: 3 });
    expect(posts).toBe(3);
    expect(ids().sort()).toEqual(["w", "w/bolus"]);
  });

  it("sends nothing under an id that a deletion of a run before may yet erase", async () => {
    const { transport, ids, release } = lateDeletion();
    const ledger = createMemoryLedger();
    await uploadVirtually({ transport, ledger }, cbgs(3));
    const mirrored = await uploadVirtually({ transport, ledger }, cbgs(2), { mirror: true });
    expect(mirrored.receipt.removed).toBe(1);
    const onProgress = ({ type }: { readonly type: string }) => {
      if (type === "waiting") void release();
    };
    const { receipt, took } = await uploadVirtually({ transport, ledger }, cbgs(3), { onProgress });
    expect(receipt).toMatchObject({ unchanged: 2, sent: 1 });
    expect(took).toBeGreaterThanOrEqual(64_000);
    expect(ids()).toEqual(["cbg-0", "cbg-1", "cbg-2"]);
  });

  it("removes nothing that such a request could bring back", async () => {
    const options = fresh();
    await uploadVirtually(options, cbgs(2));
    await leaveBehind(options, { originIds: ["cbg-1"], begun: 0 });
    const removed = (id: string) =>
      virtually(
        Effect.gen(function* () {
          const started = yield* Clock.currentTimeMillis;
          const engine = yield* engineFor({ ...options, userId: "u", app, model: everyKind });
          yield* remove(engine, [id]);
          return (yield* Clock.currentTimeMillis) - started;
        }).pipe(Effect.scoped)
      ).then(Exit.getSuccess);
    expect((await removed("cbg-0")).valueOrUndefined).toBeLessThan(1000);
    expect((await removed("cbg-1")).valueOrUndefined).toBeGreaterThanOrEqual(64_000);
  });
});
