import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { bolus, cbg, cbgs, wizard, wizardWith } from "../support/datums.ts";
import { uploadVirtually } from "../support/virtually.ts";

const food = (id: string) => ({ type: "food", time: "2026-01-01T00:00:00Z", name: "toast", origin: { id } });

describe("promise 11: an id occurs once in a chunk, and for one type", () => {
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

  it("takes another sub type of the same type under an id for a newer version: the last wins, in one upload and from one to the next", async () => {
    const origin = (id: string) => ({ origin: { id, name: "n", type: "device" } });
    const [time, duration] = ["2026-03-01T12:00:00Z", 600_000];
    const normal = { type: "bolus", subType: "normal", time, normal: 5, ...origin("t-1") };
    const dual = { type: "bolus", subType: "dual/square", time, normal: 2, extended: 3, duration, ...origin("t-1") };
    const temp = { type: "basal", deliveryType: "temp", time, rate: 0, duration, ...origin("t-2") };
    const suspend = { type: "basal", deliveryType: "suspend", time, duration, ...origin("t-2") };
    const around = (inside: object) => ({ ...wizardWith("w"), bolus: inside });
    for (const withLedger of [false, true]) {
      for (const [chunkSize, sent, skipped] of [
        [2, 6, 0],
        [1000, 3, 3]
      ] as const) {
        const options = { transport: createMemoryTransport(), ...(withLedger ? { ledger: createMemoryLedger() } : {}) };
        const inside = [around({ ...normal, ...origin("b") }), around({ ...dual, ...origin("b") })];
        const { receipt } = await uploadVirtually(options, [normal, temp, inside[0], dual, suspend, inside[1]], {
          chunkSize
        });
        expect(receipt).toMatchObject({ read: 6, sent, skipped, rejected: 0 });
        const stored = () =>
          new Map(
            options.transport.stored(receipt.sessionId).map((datum) => [(datum["origin"] as { id: string }).id, datum])
          );
        expect(stored().size).toBe(4);
        expect(stored().get("t-1")).toMatchObject({ subType: "dual/square", normal: 2, extended: 3 });
        expect(stored().get("t-2")).toMatchObject({ deliveryType: "suspend" });
        expect(stored().get("b")).toMatchObject({ subType: "dual/square" });
        const next = await uploadVirtually(options, [normal, temp]);
        expect(next.receipt).toMatchObject({ sent: 2, rejected: 0 });
        expect(stored().get("t-1")).toMatchObject({ subType: "normal", normal: 5 });
        expect(stored().get("t-2")).toMatchObject({ deliveryType: "temp" });
      }
    }
  });

  it("refuses an id that is used by two types, because the later one would erase the earlier", async () => {
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

  it("refuses a datum with something inside that would erase one of another kind", async () => {
    for (const ledger of [undefined, createMemoryLedger()]) {
      const options = { transport: createMemoryTransport(), ...(ledger ? { ledger } : {}) };
      const clashing = wizardWith("w", bolus(5, "cbg-0"));
      const { receipt } = await uploadVirtually(options, [cbg(0, 50), clashing]);
      expect(receipt).toMatchObject({ sent: 1, rejected: 1 });
      expect(receipt.rejections[0]).toMatchObject({ code: "origin-id-of-two-kinds", originId: "w" });
      if (ledger) expect((await uploadVirtually(options, [clashing])).receipt.rejected).toBe(1);
      expect(options.transport.stored(receipt.sessionId)).toMatchObject([{ type: "cbg" }]);
    }
  });

  it("lets a datum and what is inside it have one id, and never puts that id into a chunk twice", async () => {
    const transport = createMemoryTransport();
    const source = [wizardWith("w", bolus(5, "w")), wizardWith("w", undefined, 31), wizardWith("w", undefined, 32)];
    const { receipt } = await uploadVirtually({ transport }, source);
    expect(receipt).toMatchObject({ sent: 1, skipped: 2, rejected: 0 });
    expect(transport.stored(receipt.sessionId)).toMatchObject([{ type: "wizard", carbInput: 32 }]);
    const both = await uploadVirtually({ transport }, [wizardWith("w", bolus(5, "w"))]);
    expect(both.receipt.sent).toBe(1);
    expect(transport.stored(receipt.sessionId)).toHaveLength(2);
  });

  it("takes ids that the platform reads as one for one", async () => {
    const transport = createMemoryTransport();
    const odd = (id: string, value: number) => ({ ...cbg(0, value), origin: { id, name: "n", type: "device" } });
    const { receipt } = await uploadVirtually({ transport }, [odd("\ud800", 50), odd("\ud801", 60)]);
    expect(receipt).toMatchObject({ sent: 1, skipped: 1 });
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
