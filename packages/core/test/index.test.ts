import { type DatumOf, type Waiting, Unreachable, createClient, unknownDatums } from "@tideway/core";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";

const cbg = (index: number, value = 100): DatumOf<"cbg"> => ({
  type: "cbg",
  time: new Date(Date.UTC(2026, 0, 1) + index * 300_000).toISOString(),
  units: "mg/dL",
  value,
  origin: { id: `cbg-${index}`, name: "org.example.app", type: "application" }
});

const app = { name: "org.example.app", version: "1.0.0" };

describe("a client", () => {
  it("opens a session, uploads into it and finds nothing new the second time", async () => {
    const transport = createMemoryTransport();
    const tideway = createClient({ transport, userId: "u", app, ledger: createMemoryLedger() });
    const datums = Array.from({ length: 2500 }, (_, index) => cbg(index));
    const events: Array<string> = [];
    const upload = tideway.upload(datums);
    for await (const event of upload) events.push(event.type);
    const receipt = await upload;
    expect(receipt).toMatchObject({ read: 2500, sent: 2500, chunks: 3, requests: 3, sessionOpened: true });
    expect(events).toEqual(["session", "chunk", "chunk", "chunk", "done"]);
    expect(transport.stored(receipt.sessionId)).toHaveLength(2500);
    const again = await tideway.upload([...datums, cbg(0, 120)]);
    expect(again).toMatchObject({ read: 2501, sent: 1, unchanged: 2500, sessionOpened: false });
    const verification = await tideway.verify([...datums.slice(1), cbg(0, 120)]);
    expect(verification).toMatchObject({ expected: 2500, matched: 2500, stored: 2500, differences: [] });
  });

  it("says of every operation what it waits for", async () => {
    let isDown = false;
    const before = () => {
      isDown = !isDown;
      if (isDown) throw new Unreachable({ message: "Nobody is there." });
    };
    const transport = createMemoryTransport({ before });
    const tideway = createClient({ transport, userId: "u", app, policy: { retry: { base: 1 } } });
    const told: Array<Waiting> = [];
    const onWait = (waiting: Waiting) => told.push(waiting);
    await tideway.session.find({ onWait });
    await tideway.session.list({ onWait });
    await tideway.session.ensure({ onWait });
    await tideway.remove(["a"], { onWait });
    await tideway.verify([], { onWait });
    const { calls } = transport;
    expect(told).toHaveLength(calls.length / 2);
    expect(told[0]).toMatchObject({ reason: "Nobody is there.", attempt: 1 });
    expect(new Set(calls.map(({ name }) => name)).size).toBe(4);
  });

  it("rejects what the schemas refuse, and sends the rest", async () => {
    const transport = createMemoryTransport();
    const tideway = createClient({ transport, userId: "u", app });
    const receipt = await tideway.upload(unknownDatums([cbg(0), { type: "cbg" }, 7, cbg(1, 5000)]));
    expect(receipt).toMatchObject({ read: 4, sent: 1, rejected: 3 });
    expect(receipt.rejections.map(({ code, at }) => `${at}: ${code}`)).toEqual([
      "datum 1: value-not-exists",
      "datum 2: not-an-object",
      "datum 3: value-out-of-range"
    ]);
  });
});
