import { TooLarge, Unanswered, createClient } from "@tideway/core";
import { createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { cbg, cbgs } from "../support/datums.ts";
import { app, uploadVirtually } from "../support/virtually.ts";

const limited = (most: number) =>
  createMemoryTransport({
    before: (call) => {
      if (call.name === "postData" && call.bytes > most) throw new TooLarge({ message: "413", status: 413 });
    }
  });

describe("promise 5: 413 halves the chunk", () => {
  it("gets everything in through a server that takes little at a time", async () => {
    const transport = limited(2000);
    const { receipt } = await uploadVirtually({ transport }, cbgs(100));
    expect(receipt).toMatchObject({ read: 100, sent: 100, rejected: 0 });
    expect(transport.stored(receipt.sessionId)).toHaveLength(100);
  });

  it("makes no later chunk as large as those that the server did not take", async () => {
    let refusals = 0;
    const transport = createMemoryTransport({
      before: (call) => {
        if (call.name !== "postData" || call.bytes <= 2000) return;
        refusals++;
        throw new TooLarge({ message: "413", status: 413 });
      }
    });
    const options = { chunkSize: 50, concurrency: 1 };
    const { receipt } = await uploadVirtually({ transport }, cbgs(5000), options);
    expect(receipt).toMatchObject({ read: 5000, sent: 5000, rejected: 0 });
    // A page of the source is in chunks before the first answer comes. It would be five times as many.
    expect(refusals).toBeLessThan(80);
  });

  it("sends nothing again of a size that was refused already, not in the same chunk and not in others under way", async () => {
    const sizes: Array<number> = [];
    const transport = createMemoryTransport({
      before: (call) => {
        if (call.name !== "postData" || call.bytes <= 20_000) return;
        sizes.push(call.bytes);
        throw new TooLarge({ message: "413", status: 413 });
      }
    });
    const { receipt } = await uploadVirtually({ transport }, cbgs(3000), { concurrency: 1 });
    expect(receipt).toMatchObject({ sent: 3000, rejected: 0 });
    // Larger ones than get through are tried now and then, each below all that was refused before.
    expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => b - a));
  });

  it("does not make small chunks for the sake of one datum that is too large by itself", async () => {
    const huge = { ...cbg(500), payload: { note: "x".repeat(3000) } };
    const transport = limited(20_000);
    const source = [
      ...cbgs(500),
      { ...huge, annotations: Array.from({ length: 10 }, () => ({ code: "y".repeat(3000) })) }
    ];
    const { receipt } = await uploadVirtually({ transport }, [...source, ...cbgs(999).slice(501)], { chunkSize: 50 });
    expect(receipt).toMatchObject({ sent: 998, rejected: 1 });
    const sizes = transport.calls.flatMap((call) => (call.name === "postData" ? [call.datums.length] : []));
    expect(sizes.filter((size) => size < 50).length).toBeLessThan(12);
  });

  it("rejects a single datum that is too large by itself, with that reason, and only that", async () => {
    const huge = { ...cbg(50), payload: { note: "x".repeat(3000) } };
    const { receipt } = await uploadVirtually({ transport: limited(2000) }, [...cbgs(50), huge, ...cbgs(99).slice(51)]);
    expect(receipt).toMatchObject({ read: 99, sent: 98, rejected: 1 });
    expect(receipt.rejections[0]).toMatchObject({ index: 50, by: "server", code: "too-large" });
  });

  it("does not make chunks larger than its own limit of bytes in the first place", async () => {
    const transport = createMemoryTransport();
    await uploadVirtually({ transport, policy: { chunking: { bytes: 5000 } } }, cbgs(200));
    const sizes = transport.calls.flatMap((call) => (call.name === "postData" ? [call.bytes] : []));
    expect(sizes.length).toBeGreaterThan(5);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5000);
  });

  it.each([
    ["refuses", () => new TooLarge({ message: "413", status: 413 })],
    ["does not answer", () => new Unanswered({ message: "No answer." })]
  ])("deletes in smaller requests, too, where the server %s larger ones", async (_, error) => {
    let lost = 0;
    const transport = createMemoryTransport({
      before: (call) => {
        if (call.name !== "deleteData" || JSON.stringify(call.selectors).length <= 500) return;
        lost++;
        throw error();
      }
    });
    const { receipt } = await uploadVirtually({ transport }, cbgs(200));
    const ids = cbgs(200).map(({ origin }) => (origin as { readonly id: string }).id);
    const policy = { retry: { base: 1 } };
    expect(await createClient({ transport, userId: "u", app, policy }).remove(ids)).toBe(200);
    expect(transport.stored(receipt.sessionId)).toEqual([]);
    expect(lost).toBeLessThan(12);
  });
});
