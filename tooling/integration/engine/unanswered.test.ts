import { type Datum, createMemoryLedger } from "@tideway/core";
import { Ledger, Transport, upload } from "@tideway/core/effect";
import { createSandbox } from "@tideway/sandbox";
import { createTransport, fixedToken } from "@tideway/transport";
import { Clock } from "effect/Clock";
import * as Effect from "effect/Effect";
import { describe, expect, it } from "vitest";
import { VirtualTime } from "./virtual-time.ts";

const userId = "5ada5ada55";
const app = { name: "org.example.unanswered", version: "1.0.0" };

const datums = Array.from({ length: 30 }, (_, index): Datum => ({
  type: "cbg",
  time: new Date(Date.UTC(2026, 0, 1) + index * 300_000).toISOString(),
  units: "mg/dL",
  value: 100 + index,
  origin: { id: `id-${index}`, name: app.name, type: "application" }
}));

const start = (quiet: number) => {
  const time = new VirtualTime();
  const sandbox = createSandbox({
    users: [{ userId, email: "u@tideway.example", tokens: ["a-token-that-works"] }],
    runtime: { now: time.now, sleep: time.sleepInside }
  });
  const transport = createTransport({
    environment: { fetch: (request) => time.working(() => sandbox.fetch(request)) },
    credentials: fixedToken("a-token-that-works"),
    clock: { now: time.now, sleep: (ms, signal) => time.sleep(ms, signal).catch(() => undefined) }
  });
  const policy = { retry: { deadline: 10_000 }, settling: { quiet } };
  const target = { userId, app, policy };
  const ledger = createMemoryLedger();
  const run = () =>
    time.until(
      upload(target, datums, { chunkSize: 10 }).pipe(
        Effect.provideService(Transport, transport),
        Effect.provideService(Ledger, ledger),
        Effect.provideService(Clock, time.clock),
        Effect.runPromise
      )
    );
  const stored = (uploadId: string) =>
    [...sandbox.store.readDatums({ uploadIds: [uploadId] })].map(({ originId }) => originId);
  return { time, sandbox, run, stored };
};

/** The server hangs between marking the old datums and adding the new: its client gives up after 10 s, it goes on after 30. */
const hold = {
  on: "POST */data",
  times: 1,
  effect: { kind: "hold" as const, between: "mark-insert" as const, milliseconds: 30_000 }
};

describe("promise 12: an answer that never came, against the sandbox", () => {
  it("leaves exactly one copy of each datum, where the first request and its repetition interleave", async () => {
    const { sandbox, run, stored } = start(65_000);
    sandbox.faults.set([hold]);
    const receipt = await run();
    expect(receipt).toMatchObject({ read: 30, sent: 30, chunks: 3, requests: 4 });
    expect(stored(receipt.sessionId).sort()).toEqual(datums.map(({ origin }) => origin!.id).sort());
  });

  it("would leave doubles without the wait: the sandbox' interleaving is real", async () => {
    const { time, sandbox, run, stored } = start(0);
    sandbox.faults.set([hold]);
    const receipt = await run();
    await time.until(time.sleep(60_000));
    expect(stored(receipt.sessionId)).toHaveLength(40);
  });
});
