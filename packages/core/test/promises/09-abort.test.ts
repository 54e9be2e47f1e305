import { createClient } from "@tideway/core";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { describe, expect, it } from "vitest";
import { cbgs } from "../support/datums.ts";
import { client, uploadVirtually } from "../support/virtually.ts";

describe("promise 9: deadline and abort", () => {
  it("gives every request a deadline, also over a transport that has none", async () => {
    let hangs = 2;
    const transport = createMemoryTransport({
      before: () => (hangs-- > 0 ? new Promise<void>(() => undefined) : undefined)
    });
    const { receipt, took } = await uploadVirtually({ transport }, cbgs(5));
    expect(receipt).toMatchObject({ sent: 5 });
    expect(took).toBeGreaterThanOrEqual(180_000);
  });

  it("rejects with the signal's own reason, starts nothing new, and leaves the ledger true", async () => {
    const reason = new Error("I changed my mind.");
    const abort = new AbortController();
    const ledger = createMemoryLedger();
    const transport = createMemoryTransport();
    const tideway = createClient({ transport, userId: "u", client, ledger });
    const onProgress = ({ type }: { readonly type: string }) => {
      if (type === "chunk") abort.abort(reason);
    };
    const options = { signal: abort.signal, chunkSize: 10, concurrency: 2, onProgress };
    await expect(tideway.upload(cbgs(500), options)).rejects.toBe(reason);
    const stored = transport.stored(transport.dataSets[0]!.uploadId);
    const calls = transport.calls.length;
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    expect(transport.calls).toHaveLength(calls);
    expect(stored.length).toBeLessThan(100);
    const receipt = await tideway.upload(cbgs(500), { chunkSize: 10 });
    expect(receipt.unchanged).toBe(stored.length);
    expect(receipt.sent).toBe(500 - stored.length);
  });

  it("lets what is in flight end, so that its outcome is known", async () => {
    const abort = new AbortController();
    const ledger = createMemoryLedger();
    const transport = createMemoryTransport({
      before: ({ name }) => {
        if (name === "postData") abort.abort();
      },
      after: () => new Promise<void>((resolve) => void setImmediate(resolve))
    });
    const tideway = createClient({ transport, userId: "u", client, ledger });
    await expect(tideway.upload(cbgs(5), { signal: abort.signal })).rejects.toThrow();
    expect(await tideway.upload(cbgs(5))).toMatchObject({ unchanged: 5, sent: 0 });
  });

  it("does nothing at all where the signal has fired already", async () => {
    const transport = createMemoryTransport();
    const tideway = createClient({ transport, userId: "u", client });
    await expect(tideway.upload(cbgs(5), { signal: AbortSignal.abort("no") })).rejects.toBe("no");
    expect(transport.calls).toHaveLength(0);
  });
});
