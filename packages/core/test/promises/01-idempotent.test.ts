import { ServerFailed } from "@tideway/core";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { cbg, cbgs } from "../support/datums.ts";
import { uploadVirtually } from "../support/virtually.ts";

describe("promise 1: at least once, and idempotent", () => {
  it("counts a chunk as sent only after its 200, and sends it until then", async () => {
    let failures = 3;
    const transport = createMemoryTransport({
      before: ({ name }) => {
        if (name === "postData" && failures-- > 0) throw new ServerFailed({ message: "500", status: 500 });
      }
    });
    const { receipt, events } = await uploadVirtually({ transport }, cbgs(20), { chunkSize: 10, concurrency: 1 });
    expect(receipt).toMatchObject({ read: 20, sent: 20, chunks: 2, requests: 5 });
    expect(events.filter(({ type }) => type === "chunk")).toHaveLength(2);
    expect(transport.stored(receipt.sessionId)).toHaveLength(20);
  });

  it("changes nothing visible by sending everything again", async () => {
    const transport = createMemoryTransport();
    const first = await uploadVirtually({ transport }, cbgs(20));
    const before = transport.stored(first.receipt.sessionId).map((datum) => ({ ...datum, id: "" }));
    const { receipt } = await uploadVirtually({ transport }, cbgs(20));
    expect(receipt).toMatchObject({ sent: 20, sessionId: first.receipt.sessionId });
    expect(transport.stored(receipt.sessionId).map((datum) => ({ ...datum, id: "" }))).toEqual(before);
  });

  it("writes nothing into the ledger for a chunk without a 200", async () => {
    const ledger = createMemoryLedger();
    let down = true;
    const transport = createMemoryTransport({
      before: (call) => {
        if (down && call.name === "postData" && call.datums.some(({ time }) => time === cbg(15)["time"])) {
          throw new ServerFailed({ message: "500", status: 500 });
        }
      }
    });
    const policy = { retry: { attempts: 2 } };
    const stopped = await uploadVirtually({ transport, ledger, policy }, cbgs(20), { chunkSize: 10 });
    expect(stopped.failure?.cause._tag).toBe("ServerFailed");
    expect(stopped.receipt.sent).toBe(10);
    down = false;
    const { receipt } = await uploadVirtually({ transport, ledger }, cbgs(20), { chunkSize: 10 });
    expect(receipt).toMatchObject({ unchanged: 10, sent: 10 });
  });
});
