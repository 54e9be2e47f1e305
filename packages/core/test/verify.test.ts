import { createClient, createMemoryLedger } from "@tideway/core";
import { createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { bolus, cbg, cbgs, wizardWith } from "./support/datums.ts";
import { app } from "./support/virtually.ts";

const fresh = (ledger?: "ledger") => {
  const transport = createMemoryTransport();
  return {
    transport,
    tideway: createClient({ transport, userId: "u", app, ...(ledger ? { ledger: createMemoryLedger() } : {}) })
  };
};

describe("verify", () => {
  it("finds what is missing, different, doubled and not in the source", async () => {
    const inner = createMemoryTransport();
    const readData: typeof inner.readData = async function* (...args) {
      for await (const datum of inner.readData(...args)) {
        yield datum;
        if ((datum as { readonly value?: number }).value === doubled) yield datum;
      }
    };
    const doubled = 7;
    const tideway = createClient({ transport: { ...inner, readData }, userId: "u", app });
    const { sessionId } = await tideway.upload([...cbgs(5), cbg(9), cbg(2, doubled * 18.01559)]);
    await inner.deleteData(sessionId, [{ origin: { id: "cbg-0" } }]);
    const found = await tideway.verify([cbg(0), cbg(1, 200), cbg(2, doubled * 18.01559), ...cbgs(5).slice(3)]);
    expect(found).toMatchObject({ sessionId, expected: 5, matched: 2, stored: 6, unfit: 0 });
    expect(found.differences).toEqual([
      { originId: "cbg-0", found: "missing", pointers: [] },
      { originId: "cbg-1", found: "different", pointers: ["/value"] },
      { originId: "cbg-2", found: "doubled", pointers: [] },
      { originId: "cbg-9", found: "extra", pointers: [] }
    ]);
  });

  it("expects nothing that was only inside an older version", async () => {
    const { tideway } = fresh("ledger");
    const source = [wizardWith("w", bolus(2)), cbg(0), wizardWith("w")];
    await tideway.upload(source, { chunkSize: 1 });
    expect(await tideway.verify(source)).toMatchObject({ expected: 2, matched: 2, stored: 2, differences: [] });
  });

  it("says what stayed of an older version where there is no ledger", async () => {
    const { tideway } = fresh();
    const source = [wizardWith("w", bolus(2)), wizardWith("w")];
    await tideway.upload(source, { chunkSize: 1 });
    await tideway.upload(source.slice(0, 1));
    await tideway.upload(source.slice(1));
    const { differences } = await tideway.verify(source);
    expect(differences).toEqual([{ originId: "w/bolus", found: "extra", pointers: [] }]);
  });

  it("expects a datum of its own, whose id was once that of one inside another", async () => {
    const { tideway } = fresh("ledger");
    const source = [wizardWith("w", bolus(2)), bolus(3, "w/bolus"), wizardWith("w")];
    await tideway.upload(source, { chunkSize: 1 });
    expect(await tideway.verify(source)).toMatchObject({ expected: 2, matched: 2, stored: 2, differences: [] });
  });

  it("finds both where a datum and what is inside it have one id", async () => {
    const { tideway } = fresh("ledger");
    const source = [wizardWith("w", bolus(2, "w")), cbg(0)];
    await tideway.upload(source);
    expect(await tideway.verify(source)).toMatchObject({
      expected: 3,
      inside: 1,
      matched: 3,
      stored: 3,
      differences: []
    });
  });
});
