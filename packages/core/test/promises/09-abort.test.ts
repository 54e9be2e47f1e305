import { Forbidden, type Receipt, Throttled, Unanswered, createClient, isUploadAborted } from "@tideway/core";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cbg, cbgs } from "../support/datums.ts";
import { app, uploadVirtually } from "../support/virtually.ts";

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

  it("rejects with an AbortError that has the signal's reason, starts nothing new, and leaves the ledger true", async () => {
    const reason = new Error("I changed my mind.");
    const abort = new AbortController();
    const ledger = createMemoryLedger();
    const transport = createMemoryTransport();
    const tideway = createClient({ transport, userId: "u", app, ledger });
    const onProgress = ({ type }: { readonly type: string }) => {
      if (type === "chunk") abort.abort(reason);
    };
    const options = { signal: abort.signal, chunkSize: 10, concurrency: 2, onProgress };
    const error = await tideway.upload(cbgs(500), options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ _tag: "UploadAborted", name: "AbortError", cause: reason });
    expect(isUploadAborted(error)).toBe(true);
    const stored = transport.stored(transport.dataSets[0]!.uploadId);
    const calls = transport.calls.length;
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    expect(transport.calls).toHaveLength(calls);
    expect(stored.length).toBeLessThan(100);
    expect(error).toMatchObject({ receipt: { sent: stored.length, inDoubt: 0, notSent: 500 - stored.length } });
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
    const tideway = createClient({ transport, userId: "u", app, ledger });
    await expect(tideway.upload(cbgs(5), { signal: abort.signal })).rejects.toThrow();
    expect(await tideway.upload(cbgs(5))).toMatchObject({ unchanged: 5, sent: 0 });
  });

  it("tells what is certain and what is not: what was sent, what may have been, what was not", async () => {
    const abort = new AbortController();
    let posts = 0;
    const transport = createMemoryTransport({
      after: ({ name }, signal) => {
        if (name !== "postData" || ++posts === 1) return;
        // It is there, and the answer never comes.
        if (posts === 3) abort.abort();
        return new Promise<void>((_, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason as Error));
        });
      }
    });
    const tideway = createClient({ transport, userId: "u", app, policy: { settling: { grace: 10, recheckAfter: 0 } } });
    const options = { signal: abort.signal, chunkSize: 100, concurrency: 2 };
    const error = await tideway
      .upload([...cbgs(250), cbg(0, -7), ...cbgs(750)], options)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ receipt: { sent: 100, inDoubt: 200, rejected: 1 } });
    const { receipt } = error as { receipt: Receipt };
    expect(receipt.sent + receipt.inDoubt + receipt.rejected + receipt.skipped + receipt.notSent).toBe(receipt.read);
    expect(receipt.notSent).toBeGreaterThan(100);
  });

  it("is not in doubt about what the server turned away: not in a pause that it asked for, not without the right", async () => {
    const abort = new AbortController();
    const pausing = createMemoryTransport({
      before: ({ name }) => {
        if (name === "postData") throw new Throttled({ message: "Later.", status: 429, retryAfter: 60_000 });
      }
    });
    const policy = { settling: { grace: 10, recheckAfter: 0 } };
    const running = createClient({ transport: pausing, userId: "u", app, policy }).upload(cbgs(30), {
      signal: abort.signal,
      onProgress: ({ type }) => {
        if (type === "waiting") abort.abort();
      }
    });
    await expect(running).rejects.toMatchObject({ receipt: { sent: 0, inDoubt: 0, notSent: 30 } });
    const forbidding = createMemoryTransport({
      before: ({ name }) => {
        if (name === "postData") throw new Forbidden({ message: "Not yours.", status: 403 });
      }
    });
    const { receipt } = await uploadVirtually({ transport: forbidding }, cbgs(30));
    expect(receipt).toMatchObject({ sent: 0, inDoubt: 0, notSent: 30 });
  });

  it("is in doubt about what no answer ever came for", async () => {
    const transport = createMemoryTransport({
      after: ({ name }) => {
        if (name === "postData") throw new Unanswered({ message: "no answer" });
      }
    });
    const { receipt, failure } = await uploadVirtually({ transport }, cbgs(30));
    expect(failure?.cause._tag).toBe("Unanswered");
    expect(receipt).toMatchObject({ sent: 0, inDoubt: 30, notSent: 0 });
  });

  it("never has more or less in the session than it says, wherever it is stopped", async () => {
    const property = fc.asyncProperty(
      fc.array(fc.constantFrom("ok", "ok", "refused before", "lost after", "hangs after"), {
        minLength: 1,
        maxLength: 6
      }),
      fc.nat(12),
      async (fates, steps) => {
        const abort = new AbortController();
        let calls = 0;
        let posts = 0;
        const transport = createMemoryTransport({
          before: ({ name }) => {
            if (calls++ === steps) abort.abort();
            if (name === "postData" && fates[posts % fates.length] === "refused before") {
              posts++;
              throw new Throttled({ message: "Later.", status: 429, retryAfter: 0 });
            }
          },
          after: ({ name }, signal) => {
            if (name !== "postData") return;
            const fate = fates[posts++ % fates.length];
            if (fate === "lost after") throw new Unanswered({ message: "no answer" });
            if (fate !== "hangs after") return;
            return new Promise<void>((_, reject) => {
              setTimeout(() => abort.abort(), 5);
              signal?.addEventListener("abort", () => reject(signal.reason as Error));
            });
          }
        });
        const settling = { grace: 5, recheckAfter: 0, quiet: 5, attempts: 2 };
        const policy = { settling, pacing: { firstPause: 1 } };
        const tideway = createClient({ transport, userId: "u", app, policy });
        const options = { signal: abort.signal, chunkSize: 3, concurrency: 2 };
        const outcome = await tideway.upload(cbgs(20), options).catch((thrown: { receipt: Receipt }) => thrown.receipt);
        const { read, sent, rejected, skipped, inDoubt, notSent } = outcome;
        expect(sent + rejected + skipped + inDoubt + notSent).toBe(read);
        expect(Math.min(inDoubt, notSent)).toBeGreaterThanOrEqual(0);
        const stored = transport.dataSets.flatMap(({ uploadId }) => transport.stored(uploadId)).length;
        expect(stored).toBeGreaterThanOrEqual(sent);
        expect(stored).toBeLessThanOrEqual(sent + inDoubt);
      }
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it("does nothing at all where the signal has fired already", async () => {
    const transport = createMemoryTransport();
    const tideway = createClient({ transport, userId: "u", app });
    const aborted = tideway.upload(cbgs(5), { signal: AbortSignal.abort("no") });
    await expect(aborted).rejects.toMatchObject({ name: "AbortError", cause: "no", receipt: { read: 0, notSent: 0 } });
    expect(transport.calls).toHaveLength(0);
  });
});
