import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { cbg, cbgs, wizard } from "../support/datums.ts";
import { uploadVirtually } from "../support/virtually.ts";

const food = (id: string) => ({ type: "food", time: "2026-01-01T00:00:00Z", name: "toast", origin: { id } });

describe("promise 11: an id occurs once in a chunk, and for one kind", () => {
  it("sends the last version of an id in a chunk; the one before is counted as skipped", async () => {
    const transport = createMemoryTransport();
    const { receipt } = await uploadVirtually({ transport }, [cbg(0, 100), cbg(1), cbg(0, 200), cbg(0, 300)]);
    expect(receipt).toMatchObject({ read: 4, sent: 2, skipped: 2, requests: 1 });
    expect(receipt.rejections.map(({ index, code }) => [index, code])).toEqual([
      [0, "superseded"],
      [2, "superseded"]
    ]);
    expect(transport.stored(receipt.sessionId)).toHaveLength(2);
    expect(transport.stored(receipt.sessionId)[0]).toMatchObject({ origin: { id: "cbg-0" }, value: 16.65224 });
  });

  it("never puts an embedded id into a chunk twice", async () => {
    const transport = createMemoryTransport();
    const twice = { ...wizard(2), bolus: { ...(wizard(2)["bolus"] as object), origin: { id: "wizard-1/bolus" } } };
    await uploadVirtually({ transport }, [wizard(1), twice]);
    const posts = transport.calls.flatMap((call) => (call.name === "postData" ? [call.datums.length] : []));
    expect(posts).toEqual([1, 1]);
  });

  it("refuses an id that is used by two kinds, because the later one would erase the earlier", async () => {
    const transport = createMemoryTransport();
    const { receipt } = await uploadVirtually({ transport }, [...cbgs(30), food("cbg-3")], { chunkSize: 10 });
    expect(receipt).toMatchObject({ sent: 30, rejected: 1 });
    expect(receipt.rejections[0]).toMatchObject({ code: "origin-id-of-two-kinds", by: "engine", originId: "cbg-3" });
    expect(receipt.rejections[0]?.message).toMatch(/cbg.*food.*erase/u);
  });

  it("refuses it in a later upload, too, where there is a ledger", async () => {
    const options = { transport: createMemoryTransport(), ledger: createMemoryLedger() };
    await uploadVirtually(options, cbgs(3));
    const { receipt } = await uploadVirtually(options, [food("cbg-1")]);
    expect(receipt).toMatchObject({ sent: 0, rejected: 1 });
  });

  it("gives a datum inside another an origin id of its own, the same in every run, so that it is not doubled", async () => {
    const transport = createMemoryTransport();
    for (let run = 0; run < 2; run++) await uploadVirtually({ transport }, [wizard(1, 2 + run)]);
    const stored = transport.stored(transport.dataSets[0]!.uploadId);
    expect(stored.map((datum) => (datum["origin"] as { id: string }).id).sort()).toEqual([
      "wizard-1",
      "wizard-1/bolus"
    ]);
    expect(stored.find(({ type }) => type === "bolus")).toMatchObject({ normal: 3 });
  });
});
