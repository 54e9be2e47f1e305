import { type Ledger, createMemoryLedger } from "@tideway/core";
import { Forbidden } from "@tideway/core";
import { createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { bolus, cbg, cbgs, wizardWith } from "./support/datums.ts";
import { uploadVirtually } from "./support/virtually.ts";

const fresh = async (source: ReadonlyArray<Record<string, unknown>>) => {
  const transport = createMemoryTransport();
  const ledger = createMemoryLedger();
  const { receipt } = await uploadVirtually({ transport, ledger }, source);
  const { sessionId } = receipt;
  const again = (options = {}) => uploadVirtually({ transport, ledger }, source, options);
  const reads = () => transport.calls.filter((call) => call.name === "readData").length;
  const remove = (...ids: ReadonlyArray<string>) =>
    transport.deleteData(
      sessionId,
      ids.map((id) => ({ origin: { id } }))
    );
  const stored = () => transport.stored(sessionId);
  return { transport, ledger, sessionId, again, reads, remove, stored };
};

const small = () => [...cbgs(40), wizardWith("w", bolus(2))];

describe("a ledger that claims what is no longer so", () => {
  it("is noticed where one datum of a small session was deleted, and what is missing is sent again", async () => {
    const { again, remove, stored } = await fresh(small());
    for (const id of ["cbg-17", "w", "w/bolus"]) {
      await remove(id);
      const { receipt, events } = await again();
      expect(receipt).toMatchObject({ sent: 41, unchanged: 0 });
      expect(stored()).toHaveLength(42);
      expect(events.filter(({ type }) => type === "ledger")).toEqual([
        { type: "ledger", state: "stale", message: expect.stringContaining("Everything is sent again") }
      ]);
      expect((await again()).receipt).toMatchObject({ sent: 0, unchanged: 41 });
    }
  });

  it("is noticed where another program changed one datum of a small session", async () => {
    const { again, transport, sessionId, stored } = await fresh(small());
    await transport.postData(sessionId, JSON.stringify([cbg(5, 250)]));
    expect((await again()).receipt).toMatchObject({ sent: 41 });
    expect(stored().filter(({ value }) => Number(value) > 10)).toEqual([]);
    expect((await again()).receipt).toMatchObject({ sent: 0 });
  });

  it("is noticed where a datum is there twice, and exactly one copy stays", async () => {
    let isHeld = false;
    let waiting = 0;
    const barrier = Promise.withResolvers<void>();
    const transport = createMemoryTransport({
      between: async () => {
        if (!isHeld) return;
        if (++waiting === 2) barrier.resolve();
        await barrier.promise;
      }
    });
    const ledger = createMemoryLedger();
    const { receipt } = await uploadVirtually({ transport, ledger }, small());
    isHeld = true;
    await Promise.all([1, 2].map(() => transport.postData(receipt.sessionId, JSON.stringify(cbgs(20)))));
    isHeld = false;
    expect(transport.stored(receipt.sessionId)).toHaveLength(62);
    await uploadVirtually({ transport, ledger }, small());
    expect(transport.stored(receipt.sessionId)).toHaveLength(42);
  });

  it("is noticed where all of a large session was deleted, by two small requests", async () => {
    const source = cbgs(6000);
    const { again, remove, reads, stored, transport } = await fresh(source);
    await again();
    expect(reads()).toBe(2);
    const asked = transport.calls.flatMap((call) => (call.name === "readData" ? [call.query] : []));
    for (const { startDate, endDate } of asked) {
      expect(Date.parse(endDate!) - Date.parse(startDate!)).toBeLessThan(86_400_000);
    }
    await remove(...source.map((datum) => (datum["origin"] as { readonly id: string }).id));
    expect((await again()).receipt).toMatchObject({ sent: 6000 });
    expect(stored()).toHaveLength(6000);
  });

  it("is noticed where the newest datums of a large session are gone", async () => {
    const source = cbgs(6000);
    const { again, remove, stored } = await fresh(source);
    await remove(...source.slice(-20).map((datum) => (datum["origin"] as { readonly id: string }).id));
    await again();
    expect(stored()).toHaveLength(6000);
  });

  it("is noticed where the newest datums of a large session are other ones", async () => {
    const source = cbgs(6000);
    const { again, stored, transport, sessionId } = await fresh(source);
    await transport.postData(sessionId, JSON.stringify([cbg(5995, 250)]));
    await again();
    expect(stored().filter(({ value }) => Number(value) > 10)).toEqual([]);
  });

  it("is not read for long where the source is in no order of time", async () => {
    const source = cbgs(6000).map((_, index) => cbg((index * 2741) % 6000));
    const { again, transport } = await fresh(source);
    await again();
    const asked = transport.calls.flatMap((call) => (call.name === "readData" ? [call.query] : []));
    for (const { startDate, endDate } of asked) {
      expect(Date.parse(endDate!) - Date.parse(startDate!)).toBeLessThan(14 * 86_400_000);
    }
  });

  it("is believed without a look where the option says so, and costs none where it is empty", async () => {
    const { again, reads, remove } = await fresh(small());
    expect(reads()).toBe(0);
    await remove("cbg-3");
    expect((await again({ trustLedger: true })).receipt).toMatchObject({ sent: 0, unchanged: 41 });
    expect(reads()).toBe(0);
    expect((await again()).receipt).toMatchObject({ sent: 41 });
  });

  it("is believed in silence where who uploads may not read", async () => {
    const { transport, ledger } = await fresh(small());
    const readData = () => {
      throw new Forbidden({ message: "No.", status: 403 });
    };
    const blind = { ...transport, readData };
    const { receipt, events, took } = await uploadVirtually({ transport: blind, ledger }, small());
    expect(receipt).toMatchObject({ sent: 0, unchanged: 41 });
    expect(events.filter(({ type }) => type === "ledger" || type === "waiting")).toEqual([]);
    expect(took).toBeLessThan(1500);
  });

  it("is not distrusted each time for what sending again does not change", async () => {
    const { transport, ledger } = await fresh(small());
    const readData: typeof transport.readData = async function* (...args) {
      for await (const datum of transport.readData(...args)) {
        yield (datum as { type: string }).type === "wizard" ? ({ ...datum, carbInput: 31 } as never) : datum;
      }
    };
    const odd = { ...transport, readData };
    expect((await uploadVirtually({ transport: odd, ledger }, small())).receipt).toMatchObject({ sent: 41 });
    expect((await uploadVirtually({ transport: odd, ledger }, small())).receipt).toMatchObject({ sent: 0 });
    await transport.deleteData((await uploadVirtually({ transport: odd, ledger }, small())).receipt.sessionId, [
      { origin: { id: "cbg-1" } }
    ]);
    expect((await uploadVirtually({ transport: odd, ledger }, small())).receipt).toMatchObject({ sent: 41 });
  });

  it("is not distrusted for what a slow server shows a moment later", async () => {
    const { transport, ledger } = await fresh(small());
    let reads = 0;
    const readData: typeof transport.readData = async function* (...args) {
      const isLate = ++reads === 1;
      for await (const datum of transport.readData(...args)) {
        if (!isLate || (datum as { type: string }).type === "cbg") yield datum;
      }
    };
    const late = { ...transport, readData };
    expect((await uploadVirtually({ transport: late, ledger }, small())).receipt).toMatchObject({ sent: 0 });
  });

  it("is noticed by a ledger that keeps no samples, too", async () => {
    const inner = createMemoryLedger();
    const plain: Ledger = {
      open: async (scope) => {
        const { samples: _, keepSamples: __, ...session } = await inner.open(scope);
        return session;
      }
    };
    const transport = createMemoryTransport();
    const { receipt } = await uploadVirtually({ transport, ledger: plain }, small());
    await transport.deleteData(receipt.sessionId, [{ origin: { id: "cbg-1" } }]);
    await uploadVirtually({ transport, ledger: plain }, small());
    expect(transport.stored(receipt.sessionId)).toHaveLength(42);
  });
});
