import { Unanswered, UnexpectedAnswer } from "@tideway/core";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { cbg, cbgs } from "../support/datums.ts";
import { uploadVirtually } from "../support/virtually.ts";

/** Answers only where the body is small enough, and tells what came, and how many at once were beyond that. */
const slow = (limit: () => number, inner = createMemoryTransport()) => {
  const sizes: Array<number> = [];
  let lost = 0;
  const postData: typeof inner.postData = async (id, body, options) => {
    sizes.push(body.length);
    if (body.length <= limit()) return inner.postData(id, body, options);
    lost++;
    throw new Unanswered({ message: "No answer." });
  };
  return { transport: { ...inner, postData } as typeof inner, inner, sizes, lost: () => lost };
};

const storedIds = (transport: ReturnType<typeof createMemoryTransport>) =>
  transport.stored(transport.dataSets[0]!.uploadId).map(({ origin }) => (origin as { readonly id: string }).id);

describe("promise 19: what gets no answer is sent again in smaller pieces", () => {
  it.each([100_000, 20_000, 3000, 1000, 200])(
    "gets everything through a line on which only requests of %i bytes get an answer",
    async (limit) => {
      const { transport, inner, lost } = slow(() => limit);
      const { receipt } = await uploadVirtually({ transport, ledger: createMemoryLedger() }, cbgs(2000));
      expect(receipt).toMatchObject({ read: 2000, sent: 2000, rejected: 0 });
      expect(storedIds(inner).sort()).toEqual(
        cbgs(2000)
          .map(({ origin }) => (origin as { readonly id: string }).id)
          .sort()
      );
      expect(lost()).toBeLessThan(20);
    }
  );

  it("keeps what it learnt where the session is lost and all of it goes to another", async () => {
    const { transport, inner, sizes } = slow(() => 2000);
    let posts = 0;
    const postData: typeof inner.postData = async (...args) => {
      await transport.postData(...args);
      if (++posts === 30) inner.drop(args[0]);
    };
    const { receipt } = await uploadVirtually({ transport: { ...transport, postData } }, () => cbgs(1000));
    expect(receipt).toMatchObject({ read: 1000, sent: 1000 });
    expect(inner.dataSets).toHaveLength(1);
    expect(sizes.slice(60).filter((size) => size > 8000)).toEqual([]);
  });

  it("uses a line that has become good", async () => {
    let posts = 0;
    const { transport, sizes } = slow(() => (posts++ < 12 ? 1000 : 1e9));
    const { receipt } = await uploadVirtually({ transport }, cbgs(6000));
    expect(receipt).toMatchObject({ sent: 6000 });
    expect(Math.max(...sizes.slice(-8))).toBeGreaterThan(50_000);
  });

  it("has fewer in flight while nothing gets through, and as many as before afterwards", async () => {
    let isDown = true;
    let active = 0;
    const most = { down: 0, later: 0 };
    const inner = createMemoryTransport();
    const postData: typeof inner.postData = async (...args) => {
      active++;
      most[isDown ? "down" : "later"] = Math.max(most[isDown ? "down" : "later"], active);
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
      active--;
      if (isDown) throw new Unanswered({ message: "No answer." });
      return inner.postData(...args);
    };
    const onProgress = ({ type }: { readonly type: string }) => {
      if (type === "waiting") isDown = false;
    };
    const transport = { ...inner, postData } as typeof inner;
    const options = { chunkSize: 10, concurrency: 4, onProgress };
    const { receipt } = await uploadVirtually({ transport }, cbgs(2000), options);
    expect(receipt.sent).toBe(2000);
    expect(receipt.requests - receipt.chunks).toBeLessThanOrEqual(12);
    expect(most).toEqual({ down: 4, later: 4 });
  });

  it("ends where nothing is ever answered, and says so", async () => {
    const { transport, lost } = slow(() => 0);
    const { failure, receipt } = await uploadVirtually({ transport }, cbgs(1000));
    expect(failure?.cause._tag).toBe("Unanswered");
    expect(receipt.sent).toBe(0);
    expect(lost()).toBeLessThanOrEqual(12);
  });

  it("sends all but the one datum that the server hangs at, before it gives up", async () => {
    const inner = createMemoryTransport();
    const transport = {
      ...inner,
      postData: async (...args: Parameters<typeof inner.postData>) => {
        const text = new TextDecoder().decode(args[1] as Uint8Array);
        if (text.includes('"cbg-900"')) throw new Unanswered({ message: "No answer." });
        return inner.postData(...args);
      }
    } as typeof inner;
    const { failure, receipt } = await uploadVirtually({ transport }, [...cbgs(900), cbg(900)]);
    expect(failure?.cause._tag).toBe("Unanswered");
    expect(receipt.sent).toBe(900);
  });

  it("does not take another's words for an acknowledgement, and sends that again when it cannot interfere", async () => {
    const inner = createMemoryTransport();
    let posts = 0;
    const transport = {
      ...inner,
      postData: async (...args: Parameters<typeof inner.postData>) => {
        if (++posts === 2) throw new UnexpectedAnswer({ message: "Not a confirmation.", status: 200 });
        return inner.postData(...args);
      }
    } as typeof inner;
    const { receipt, took } = await uploadVirtually({ transport }, cbgs(30), { chunkSize: 10, concurrency: 1 });
    expect(receipt).toMatchObject({ sent: 30, chunks: 3, requests: 4 });
    expect(storedIds(inner)).toHaveLength(30);
    expect(took).toBeGreaterThanOrEqual(65_000);
  });

  it("stops at once where nobody but another has ever answered", async () => {
    const transport = createMemoryTransport({
      before: ({ name }) => {
        if (name === "postData") throw new UnexpectedAnswer({ message: "Not a confirmation.", status: 200 });
      }
    });
    const { failure, receipt, took } = await uploadVirtually({ transport }, cbgs(50));
    expect(failure?.cause._tag).toBe("UnexpectedAnswer");
    expect(receipt.sent).toBe(0);
    expect(took).toBeLessThan(1000);
  });
});
