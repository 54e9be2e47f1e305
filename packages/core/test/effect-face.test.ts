import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Datum, Progress, UploadStopped } from "@tideway/core";
import { Ledger, Transport, remove, session, upload, uploadProgress, verify } from "@tideway/core/effect";
import { IndexedDbLedger } from "@tideway/core/effect/browser";
import { SqliteLedger } from "@tideway/core/effect/node";
import { createMemoryTransport } from "@tideway/core/testing";
import * as ConfigProvider from "effect/ConfigProvider";
import * as Context from "effect/Context";
import * as Data from "effect/Data";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Stream from "effect/Stream";
import { describe, expect, it } from "vitest";
import { cbgs } from "./support/datums.ts";
import { app } from "./support/virtually.ts";

const target = { userId: "u", app };

class Offline extends Data.TaggedError("Offline")<{ readonly message: string }> {}
class Meter extends Context.Service<Meter, { readonly readings: ReadonlyArray<Datum> }>()("test/Meter") {}

const through = (transport = createMemoryTransport()) =>
  Layer.merge(Layer.succeed(Transport, transport), Ledger.layerMemory);

describe("the Effect face", () => {
  it("finds, opens, uploads, reads back and removes without an engine to be made first", async () => {
    const program = Effect.gen(function* () {
      expect(yield* session.find(target)).toBeUndefined();
      const { opened } = yield* session.ensure(target);
      const receipt = yield* upload(target, cbgs(3));
      const again = yield* upload(target, cbgs(3));
      const verification = yield* verify(target, cbgs(3));
      const removed = yield* remove(target, ["cbg-0"]);
      const sessions = yield* session.list(target);
      return [opened, receipt.sent, again.unchanged, verification.matched, removed, sessions.length];
    });
    expect(await program.pipe(Effect.provide(through()), Effect.runPromise)).toEqual([true, 3, 3, 3, 1, 1]);
  });

  it("takes a stream: what it requires is required of the upload, and its errors are the upload's", async () => {
    const readings = Stream.unwrap(Effect.map(Meter, (meter) => Stream.fromIterable(meter.readings)));
    const whole: Effect.Effect<number, UploadStopped, Transport | Ledger | Meter> = Effect.map(
      upload(target, readings),
      ({ sent }) => sent
    );
    const meter = Layer.succeed(Meter, { readings: cbgs(2500) });
    expect(await whole.pipe(Effect.provide(Layer.merge(through(), meter)), Effect.runPromise)).toBe(2500);

    const failing = Stream.concat(Stream.fromIterable(cbgs(5)), Stream.fail(new Offline({ message: "No meter." })));
    const caught: Effect.Effect<string, UploadStopped, Transport | Ledger> = upload(target, failing).pipe(
      Effect.map(({ sent }) => `${sent} sent`),
      Effect.catchTag("Offline", ({ message }) => Effect.succeed(message))
    );
    expect(await caught.pipe(Effect.provide(through()), Effect.runPromise)).toBe("No meter.");
    const verified = verify(target, failing).pipe(Effect.catchTag("Offline", () => Effect.succeed("offline")));
    const both = Effect.andThen(upload(target, cbgs(1)), verified);
    expect(await both.pipe(Effect.provide(through()), Effect.runPromise)).toBe("offline");
  });

  it("reads a stream again when the session is lost half-way", async () => {
    let isClosed = false;
    const transport = createMemoryTransport({
      before: (call) => {
        if (call.name !== "postData" || isClosed || transport.calls.length < 5) return;
        isClosed = true;
        transport.close(call.dataSetId);
      }
    });
    let runs = 0;
    const readings = Stream.suspend(() => {
      runs++;
      return Stream.fromIterable(cbgs(50));
    });
    const receipt = await upload(target, readings, { chunkSize: 10, concurrency: 1 }).pipe(
      Effect.provide(through(transport)),
      Effect.runPromise
    );
    expect(receipt).toMatchObject({ read: 50, sent: 50 });
    expect(runs).toBe(2);
    expect(transport.stored(receipt.sessionId)).toHaveLength(50);
  });

  it("is a stream of its progress, which ends with the receipt or with the error of the upload", async () => {
    const events = await Stream.runCollect(uploadProgress(target, cbgs(30), { chunkSize: 10 })).pipe(
      Effect.provide(through()),
      Effect.runPromise
    );
    const types = [...events].map(({ type }) => type);
    expect(types).toEqual(["session", "chunk", "chunk", "chunk", "done"]);
    expect([...events].at(-1)).toMatchObject({ receipt: { sent: 30 } } satisfies Partial<Record<string, unknown>>);

    const failing = Stream.fail(new Offline({ message: "No meter." })) as Stream.Stream<Datum, Offline>;
    const tag = await Stream.runCollect(uploadProgress(target, failing)).pipe(
      Effect.as("none"),
      Effect.catchTag("Offline", ({ _tag }) => Effect.succeed(_tag)),
      Effect.provide(through()),
      Effect.runPromise
    );
    expect(tag).toBe("Offline");
  });

  it("stops the upload when nobody reads its progress any more", async () => {
    // As slow as any server: the reader has its turn between two requests.
    const before = () => new Promise<void>((resolve) => setImmediate(resolve));
    const transport = createMemoryTransport({ before });
    const first = await uploadProgress(target, cbgs(5000), { chunkSize: 10, concurrency: 1 }).pipe(
      Stream.filter((event: Progress) => event.type === "chunk"),
      Stream.take(1),
      Stream.runCollect,
      Effect.provide(through(transport)),
      Effect.runPromise
    );
    expect([...first]).toHaveLength(1);
    const { length } = transport.calls;
    for (let turn = 0; turn < 100; turn++) await before();
    expect(transport.calls.length).toBe(length);
    expect(length).toBeLessThan(400);
  });

  it("has typed errors in the channel, and the receipt of what was done until then", async () => {
    const transport = createMemoryTransport();
    const failed = await upload(target, cbgs(1), {}).pipe(
      Effect.provide(Ledger.layerNone),
      Effect.provideService(Transport, {
        ...transport,
        postData: () => Promise.reject(new Error("a port that throws what it should not"))
      }),
      Effect.catchTag("UploadStopped", ({ cause, receipt }) => Effect.succeed([cause._tag, receipt.read])),
      Effect.runPromise
    );
    expect(failed).toEqual(["InternalError", 1]);
  });

  it("keeps a ledger in the file that the configuration names", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tideway-face-"));
    const transport = createMemoryTransport();
    const config = ConfigProvider.layer(ConfigProvider.fromUnknown({ TIDEWAY_LEDGER: join(folder, "ledger.db") }));
    const run = () =>
      upload(target, cbgs(4)).pipe(
        Effect.provide(SqliteLedger.layer),
        Effect.provide(config),
        Effect.provideService(Transport, transport),
        Effect.runPromise
      );
    expect((await run()).sent).toBe(4);
    expect((await run()).unchanged).toBe(4);
    const missing = await upload(target, cbgs(4)).pipe(
      Effect.provide(SqliteLedger.layer),
      Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({}))),
      Effect.provideService(Transport, transport),
      Effect.flip,
      Effect.runPromise
    );
    expect(String(missing)).toContain("TIDEWAY_LEDGER");
    rmSync(folder, { recursive: true });
  });

  it("has a layer for the ledger of a browser", async () => {
    const { indexedDB } = await import("fake-indexeddb");
    const ledger = await Ledger.pipe(Effect.provide(IndexedDbLedger.layerOf({ indexedDB })), Effect.runPromise);
    expect(ledger?.open).toBeTypeOf("function");
    expect(Layer.isLayer(IndexedDbLedger.layer)).toBe(true);
  });
});
