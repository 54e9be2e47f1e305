import * as Effect from "effect/Effect";
import * as Metric from "effect/Metric";
import { type Attributes, type Recorder, TelemetryRecorder } from "../telemetry/recorder.ts";
import { telemetry } from "../telemetry/telemetry.ts";

const named = (attributes: Attributes): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [telemetry.attributes[key as keyof Attributes], String(value)])
  );

const counter = (name: keyof typeof telemetry.counters) =>
  Metric.counter(telemetry.counters[name], { incremental: true });

const effectRecorder: Recorder = {
  span: (operation, name, attributes) =>
    // A stack trace would name this line, and nobody's own.
    Effect.withSpan(operation, telemetry.spans[name], { attributes: named(attributes), captureStackTrace: false }),
  count: (name, amount, attributes) => Metric.update(Metric.withAttributes(counter(name), named(attributes)), amount),
  event: (name, attributes) => Effect.annotateLogs(Effect.logDebug(telemetry.events[name]), named(attributes))
};

/** Has an operation record itself in Effect's tracer, metrics and logger. */
export const recorded = <A, E, R>(operation: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.provideService(operation, TelemetryRecorder, effectRecorder);
