import { Forbidden, createClient } from "@tideway/core";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bolus, cbg, cbgs, wizard, wizardWith } from "../support/datums.ts";
import { app, uploadVirtually } from "../support/virtually.ts";

const fresh = () => ({ transport: createMemoryTransport(), ledger: createMemoryLedger() });

const storedIds = ({ transport }: ReturnType<typeof fresh>) =>
  transport
    .stored(transport.dataSets[0]!.uploadId)
    .map((datum) => (datum["origin"] as { id: string }).id)
    .sort();

describe("promise 14: late, changed and removed data", () => {
  it("sends what is late or changed, and nothing that the session holds already", async () => {
    const options = fresh();
    await uploadVirtually(options, cbgs(100));
    const { receipt } = await uploadVirtually(options, [...cbgs(100).with(40, cbg(40, 77)), cbg(-5)]);
    expect(receipt).toMatchObject({ read: 101, unchanged: 99, sent: 2, requests: 1 });
    expect(receipt.kinds["cbg"]).toMatchObject({ unchanged: 99, sent: 2 });
  });

  it("makes no data request at all where nothing is new", async () => {
    const options = fresh();
    await uploadVirtually(options, cbgs(100));
    const { receipt } = await uploadVirtually(options, cbgs(100));
    expect(receipt).toMatchObject({ unchanged: 100, requests: 0, chunks: 0 });
  });

  it("knows what is unchanged wherever it stands, after thousands that are new", async () => {
    const options = fresh();
    const all = cbgs(6500);
    await uploadVirtually(options, all.slice(2300, 4500));
    const second = await uploadVirtually(options, all, { mirror: true });
    expect(second.receipt).toMatchObject({ sent: 4300, unchanged: 2200, removed: 0, requests: 5 });
    const third = await uploadVirtually(options, [...all.slice(0, 2300), ...all.slice(4500)], { mirror: true });
    expect(third.receipt).toMatchObject({ sent: 0, unchanged: 4300, removed: 2200 });
    expect(storedIds(options)).toHaveLength(4300);
  });

  it("takes back a change: what was last in the source is what stays, in one source and from one to the next", async () => {
    const values = fc.array(fc.tuple(fc.nat(3), fc.constantFrom(100, 200)), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(values, { minLength: 1, maxLength: 4 }), async (sources) => {
        const options = fresh();
        const last = new Map<number, number>();
        for (const source of sources) {
          for (const [id, value] of source) last.set(id, value);
          await uploadVirtually(
            options,
            source.map(([id, value]) => cbg(id, value)),
            { chunkSize: 2 }
          );
        }
        const stored = options.transport.stored(options.transport.dataSets[0]?.uploadId ?? "");
        const found = stored.map(({ origin, value }) => [
          Number((origin as { id: string }).id.slice(4)),
          Math.round(Number(value) * 18.01559)
        ]);
        expect(found.sort()).toEqual([...last].sort());
      }),
      { numRuns: 60 }
    );
  });

  it("deletes what is gone from the source only where a mirror is asked for", async () => {
    const options = fresh();
    await uploadVirtually(options, [...cbgs(10), wizard(50)]);
    const kept = await uploadVirtually(options, cbgs(8));
    expect(kept.receipt.removed).toBe(0);
    expect(storedIds(options)).toHaveLength(12);
    const mirrored = await uploadVirtually(options, cbgs(8), { mirror: true });
    expect(mirrored.receipt).toMatchObject({ unchanged: 8, removed: 3 });
    expect(storedIds(options)).toEqual(cbgs(8).map((_, index) => `cbg-${index}`));
    const again = await uploadVirtually(options, cbgs(9), { mirror: true });
    expect(again.receipt).toMatchObject({ unchanged: 8, sent: 1, removed: 0 });
  });

  it("deletes in the windows alone that the source still holds, asked once it was read to its end", async () => {
    const minute = (count: number) => Date.UTC(2026, 0, 1) + count * 300_000;
    const options = fresh();
    await uploadVirtually(options, [...cbgs(10), bolus(2, "b")]);
    const source = cbgs(10).slice(6, 8);
    let hasEnded = false;
    const pages = async function* () {
      yield source.map((datum) => ({ datum }));
      hasEnded = true;
    };
    const window = { from: minute(5), to: minute(1000) };
    const mirror = () => {
      expect(hasEnded).toBe(true);
      return [{ ...window, types: ["cbg"] }];
    };
    const { receipt } = await uploadVirtually(options, { pages: pages() }, { mirror });
    expect(receipt).toMatchObject({ unchanged: 2, removed: 3 });
    expect(storedIds(options)).toEqual(["b", ...[0, 1, 2, 3, 4, 6, 7].map((index) => `cbg-${index}`)]);
    const all = await uploadVirtually(options, source, { mirror: [window] });
    expect(all.receipt).toMatchObject({ unchanged: 2, removed: 1 });
    expect(storedIds(options)).not.toContain("b");
  });

  it("keeps what is inside a datum that lies outside of the window, and reads nothing back where nothing is gone", async () => {
    const options = fresh();
    const late = { ...bolus(2), time: "2026-01-01T12:00:30Z" };
    await uploadVirtually(options, [cbg(0), wizardWith("w", late)]);
    const window = { from: Date.parse("2026-01-01T12:00:10Z"), to: Date.parse("2026-01-02T00:00:00Z") };
    const kept = await uploadVirtually(options, [cbg(0)], { mirror: [window] });
    expect(kept.receipt.removed).toBe(0);
    expect(storedIds(options)).toHaveLength(3);
    const wider = { ...window, from: Date.parse("2026-01-01T12:00:00Z") };
    const gone = await uploadVirtually(options, [cbg(0)], { mirror: [wider] });
    expect(gone.receipt.removed).toBe(1);
    expect(storedIds(options)).toEqual(["cbg-0"]);
    const windowsRead = () =>
      options.transport.calls.filter(
        (call) => call.name === "readData" && call.query.endDate?.startsWith("2026-01-02")
      );
    const before = windowsRead().length;
    await uploadVirtually(options, [cbg(0)], { mirror: [wider] });
    expect(windowsRead()).toHaveLength(before);
  });

  it("takes a source without a datum where it holds no window, and refuses windows that are none", async () => {
    const options = fresh();
    await uploadVirtually(options, cbgs(3));
    const { receipt, failure } = await uploadVirtually(options, [], { mirror: () => [] });
    expect([receipt.removed, failure]).toEqual([0, undefined]);
    const empty = await uploadVirtually(options, [], { mirror: [{ from: 0, to: 1 }] });
    expect(empty.failure?.cause).toMatchObject({ _tag: "SourceEmpty" });
    const client = createClient({ ...options, userId: "u", app });
    expect(() => client.upload(cbgs(1), { mirror: [{ from: 2, to: 1 }] })).toThrow(RangeError);
  });

  it("deletes nothing where the source had a part that cannot be recognised: it might be what seems gone", async () => {
    const options = fresh();
    await uploadVirtually(options, cbgs(10));
    const pages = async function* () {
      yield [...cbgs(5).map((datum) => ({ datum })), { text: "{ cut off" }];
    };
    const { receipt } = await uploadVirtually(options, { pages: pages() }, { mirror: true });
    expect(receipt).toMatchObject({ removed: 0, rejected: 1 });
    expect(storedIds(options)).toHaveLength(10);
  });

  it("keeps in a mirror what was inside a datum that is gone, where it is there by itself or inside another", async () => {
    const options = fresh();
    await uploadVirtually(options, [wizardWith("w", bolus(2, "b")), bolus(2, "b")]);
    const { receipt } = await uploadVirtually(options, [bolus(2, "b")], { mirror: true });
    expect(receipt).toMatchObject({ unchanged: 1, removed: 1 });
    expect(storedIds(options)).toEqual(["b"]);
    await uploadVirtually(options, [wizardWith("v", bolus(2, "b"))], { mirror: true });
    expect(storedIds(options)).toEqual(["b", "v"]);
    await uploadVirtually(options, [wizardWith("u", bolus(2, "b"))], { mirror: true });
    expect(storedIds(options)).toEqual(["b", "u"]);
    await uploadVirtually(options, [cbg(0)], { mirror: true });
    expect(storedIds(options)).toEqual(["cbg-0"]);
  });

  it.each([
    ["an id of its own", [wizardWith("w", bolus(2, "b"))], ["b", "w"]],
    ["nothing inside any more", [wizardWith("w")], ["w"]],
    ["what was inside beside it", [wizardWith("w"), bolus(2, "b")], ["b", "w"]],
    ["what was inside before it", [bolus(2, "b"), wizardWith("w")], ["b", "w"]],
    ["what was inside beside it, under the same id", [wizardWith("w"), bolus(2, "w/bolus")], ["w", "w/bolus"]],
    ["what was inside before it, under the same id", [bolus(2, "w/bolus"), wizardWith("w")], ["w", "w/bolus"]]
  ])("leaves no second copy of what was inside an older version: %s", async (_, source, expected) => {
    for (const chunkSize of [1, 1000]) {
      const options = fresh();
      await uploadVirtually(options, [wizardWith("w", bolus(2))]);
      expect(storedIds(options)).toEqual(["w", "w/bolus"]);
      const { receipt } = await uploadVirtually(options, source, { chunkSize });
      expect(receipt.sent).toBe(source.length);
      expect(storedIds(options)).toEqual(expected);
      const again = await uploadVirtually(options, source, { chunkSize, mirror: true });
      expect(again.receipt).toMatchObject({ sent: 0, unchanged: source.length, removed: 0 });
      expect(storedIds(options)).toEqual(expected);
    }
  });

  it("leaves no second copy of what was inside an older version in the same upload, and nothing less", async () => {
    const versions = [wizardWith("w", bolus(2)), cbg(0), wizardWith("w"), cbg(1), bolus(3, "w/bolus")];
    for (const [count, expected] of [
      [3, ["cbg-0", "w"]],
      [5, ["cbg-0", "cbg-1", "w", "w/bolus"]]
    ] as const) {
      for (const chunkSize of [1, 2, 3, 1000]) {
        const options = fresh();
        await uploadVirtually(options, versions.slice(0, count), { chunkSize });
        expect(storedIds(options)).toEqual(expected);
        const stored = options.transport.stored(options.transport.dataSets[0]!.uploadId);
        for (const { type, normal } of stored) if (type === "bolus") expect(normal).toBe(3);
      }
    }
  });

  it("keeps what moved from inside one datum to inside another, whichever comes first", async () => {
    const [from, to] = [wizardWith("w1"), wizardWith("w2", bolus(2, "b"))];
    for (const source of [[from, to], [to, from], [to]]) {
      for (const chunkSize of [1, 1000]) {
        const options = fresh();
        await uploadVirtually(options, [wizardWith("w1", bolus(2, "b"))]);
        await uploadVirtually(options, source, { chunkSize });
        await uploadVirtually(options, [from], { chunkSize });
        expect(storedIds(options)).toEqual(["b", "w1", "w2"]);
        await uploadVirtually(options, [from, to], { mirror: true });
        expect(storedIds(options)).toEqual(["b", "w1", "w2"]);
      }
    }
  });

  it("does so, too, where the first try was cut off between sending the new and deleting the old", async () => {
    let cut = false;
    const transport = createMemoryTransport({
      before: ({ name }) => {
        if (cut && name === "deleteData") throw new Forbidden({ message: "Not now.", status: 403 });
      }
    });
    const options = { transport, ledger: createMemoryLedger() };
    await uploadVirtually(options, [wizardWith("w", bolus(2))]);
    cut = true;
    const stopped = await uploadVirtually(options, [wizardWith("w", bolus(2, "b"))]);
    expect(stopped.failure?.cause._tag).toBe("Forbidden");
    cut = false;
    await uploadVirtually(options, [wizardWith("w", bolus(2, "b"))]);
    expect(storedIds(options)).toEqual(["b", "w"]);
  });

  it("does not take for unchanged what a datum inside another has overwritten", async () => {
    const options = fresh();
    await uploadVirtually(options, [bolus(1, "b")]);
    await uploadVirtually(options, [wizardWith("w", bolus(5, "b"))]);
    const { receipt } = await uploadVirtually(options, [bolus(1, "b")]);
    expect(receipt).toMatchObject({ sent: 1, unchanged: 0 });
    const stored = options.transport.stored(options.transport.dataSets[0]!.uploadId);
    expect(stored.find(({ type }) => type === "bolus")).toMatchObject({ normal: 1 });
  });

  const ends = (source: ReadonlyArray<object>, normal: number) => async (options: ReturnType<typeof fresh>) => {
    for (const chunkSize of [1, 1000]) {
      await uploadVirtually(options, source, { chunkSize });
      const stored = options.transport.stored(options.transport.dataSets[0]!.uploadId);
      expect(stored.filter(({ type }) => type === "bolus")).toMatchObject([{ normal }]);
    }
  };

  it("ends with the last in the file, where a datum is known and another version of it comes inside another one before it", async () => {
    const options = fresh();
    await ends([bolus(3, "b")], 3)(options);
    await ends([wizardWith("w", bolus(5, "b")), bolus(3, "b")], 3)(options);
    await ends([wizardWith("w", bolus(5, "b"))], 5)(options);
  });

  it("ends with the last in the file, where a datum is known together with what is inside it and that comes by itself before it", async () => {
    const options = fresh();
    await ends([bolus(3, "b"), wizardWith("w", bolus(5, "b"))], 5)(options);
    await ends([bolus(4, "b"), wizardWith("w", bolus(5, "b"))], 5)(options);
    await ends([wizardWith("v", bolus(6, "b")), wizardWith("w", bolus(5, "b"))], 5)(options);
  });

  it("takes nothing for unchanged that another upload of the program is about to replace", async () => {
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const begun: Array<unknown> = [];
    const transport = createMemoryTransport({
      before: async (call) => {
        if (call.name !== "postData" || call.datums[0]!["normal"] !== 5) return;
        begun.push(call);
        await held;
      }
    });
    const ledger = createMemoryLedger();
    await uploadVirtually({ transport, ledger }, [bolus(3, "b")]);
    const tideway = createClient({ transport, userId: "u", app });
    const other = tideway.upload([bolus(5, "b")]);
    while (begun.length === 0) await new Promise<void>((resolve) => void setImmediate(resolve));
    const own = createClient({ transport, userId: "u", app, ledger }).upload([bolus(3, "b")]);
    for (let turn = 0; turn < 20; turn++) await new Promise<void>((resolve) => void setImmediate(resolve));
    release();
    expect(await Promise.all([other, own])).toMatchObject([{ sent: 1 }, { sent: 1, unchanged: 0 }]);
    expect(transport.stored(transport.dataSets[0]!.uploadId)).toMatchObject([{ normal: 3 }]);
  });

  it("brings back what was inside a known datum and was removed by itself", async () => {
    const options = fresh();
    const source = [cbg(0), wizardWith("w", bolus(2))];
    await uploadVirtually(options, source);
    await createClient({ ...options, userId: "u", app }).remove(["w/bolus"]);
    expect(storedIds(options)).toEqual(["cbg-0", "w"]);
    expect((await uploadVirtually(options, source)).receipt).toMatchObject({ unchanged: 1, sent: 1 });
    expect(storedIds(options)).toEqual(["cbg-0", "w", "w/bolus"]);
    expect((await uploadVirtually(options, source)).receipt).toMatchObject({ unchanged: 2, sent: 0 });
  });

  it("passes over ids that no datum can have: the platform would fail at them, again and again", async () => {
    const options = fresh();
    await uploadVirtually(options, cbgs(3));
    const tideway = createClient({ ...options, userId: "u", app });
    expect(await tideway.remove(["cbg-1", "", "x".repeat(101)])).toBe(3);
    const asked = options.transport.calls.flatMap((call) => (call.name === "deleteData" ? call.selectors : []));
    expect(asked.some((one) => "origin" in one && (one.origin.id === "" || one.origin.id.length > 110))).toBe(false);
    expect(storedIds(options)).toEqual(["cbg-0", "cbg-2"]);
  });

  it("removes by origin id, with what was inside, and sends it again if it comes again", async () => {
    const options = fresh();
    await uploadVirtually(options, [...cbgs(3), wizard(7)]);
    const tideway = createClient({ ...options, userId: "u", app });
    expect(await tideway.remove(["wizard-7", "cbg-1"])).toBe(2);
    expect(storedIds(options)).toEqual(["cbg-0", "cbg-2"]);
    const { receipt } = await uploadVirtually(options, [...cbgs(3), wizard(7)]);
    expect(receipt).toMatchObject({ unchanged: 2, sent: 2 });
  });
});
