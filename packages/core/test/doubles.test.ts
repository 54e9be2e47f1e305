import { type Datum, type Ledger, createClient, createMemoryLedger } from "@tideway/core";
import { createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { bolus, cbg, cbgs, wizardWith } from "./support/datums.ts";
import { app } from "./support/virtually.ts";

/** A session in which two programs, each with a ledger, wrote the same datums at the same moment. */
const doubled = async (source: ReadonlyArray<Datum>, twice: ReadonlyArray<unknown>) => {
  let barrier: PromiseWithResolvers<void> | undefined;
  let waiting = 0;
  const transport = createMemoryTransport({
    between: async () => {
      if (!barrier) return;
      if (++waiting === 2) barrier.resolve();
      await barrier.promise;
    }
  });
  const clientWith = (ledger: Ledger) => createClient({ transport, userId: "u", app, ledger });
  const tideway = clientWith(createMemoryLedger());
  const { sessionId } = await tideway.upload(source);
  barrier = Promise.withResolvers();
  await Promise.all([1, 2].map(() => transport.postData(sessionId, JSON.stringify(twice))));
  barrier = undefined;
  const idsOf = () =>
    transport
      .stored(sessionId)
      .map(({ origin }) => (origin as { readonly id: string }).id)
      .sort();
  return { transport, tideway, sessionId, idsOf };
};

describe("doubles that two programs left", () => {
  it("are found by reading back, and gone with the next upload", async () => {
    const source = [...cbgs(4), wizardWith("w", bolus(2))];
    const twice = [
      cbg(2),
      { ...wizardWith("w", { ...bolus(2), origin: { id: "w/bolus", name: "x", type: "application" } }) }
    ];
    const { tideway, idsOf } = await doubled(source, twice);
    expect(idsOf()).toHaveLength(9);
    const { differences } = await tideway.verify(source);
    expect(differences.map(({ originId, found }) => `${originId} ${found}`).sort()).toEqual([
      "cbg-2 doubled",
      "w doubled",
      "w/bolus doubled"
    ]);
    expect(await tideway.upload(source, { trustLedger: true })).toMatchObject({ sent: 2, unchanged: 3 });
    expect(idsOf()).toEqual(["cbg-0", "cbg-1", "cbg-2", "cbg-3", "w", "w/bolus"]);
    expect((await tideway.verify(source)).differences).toEqual([]);
  });
});
