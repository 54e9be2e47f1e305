import { telemetry } from "@tideway/core";
import { Ledger, Transport, upload } from "@tideway/core/effect";
import { createMemoryTransport } from "@tideway/core/testing";
import * as Effect from "effect/Effect";
import * as Logger from "effect/Logger";
import * as Metric from "effect/Metric";
import * as References from "effect/References";
import * as Tracer from "effect/Tracer";
import { describe, expect, it } from "vitest";
import { cbgs } from "./support/datums.ts";
import { app } from "./support/virtually.ts";

describe("telemetry", () => {
  it("tells spans, counters and log events under the names of one table, wherever a tracer and a logger are provided", async () => {
    const spans: Array<string> = [];
    const logged: Array<unknown> = [];
    const tracer = Tracer.make({
      span: (options) => {
        spans.push(options.name);
        return new Tracer.NativeSpan(options);
      }
    });
    const logger = Logger.make(({ message }) => {
      logged.push(...(Array.isArray(message) ? message : [message]));
    });
    const snapshot = await upload({ userId: "u", app }, cbgs(30), { chunkSize: 10 }).pipe(
      Effect.provide(Ledger.layerNone),
      Effect.provideService(Transport, createMemoryTransport()),
      Effect.andThen(Metric.snapshot),
      Effect.withTracer(tracer),
      Effect.provide(Logger.layer([logger])),
      Effect.provideService(References.MinimumLogLevel, "Debug"),
      Effect.runPromise
    );
    expect(new Set(spans)).toEqual(
      new Set([
        telemetry.spans.upload,
        telemetry.spans.ensureSession,
        telemetry.spans.request,
        telemetry.spans.chunk,
        telemetry.spans.settle
      ])
    );
    expect(spans.filter((name) => name === telemetry.spans.chunk)).toHaveLength(3);
    expect(logged.filter((name) => name === telemetry.events.chunkAcknowledged)).toHaveLength(3);
    expect(snapshot.map(({ id }) => id)).toContain(telemetry.counters.datums);
    expect(JSON.stringify(logged)).not.toContain("mg/dL");
  });
});
