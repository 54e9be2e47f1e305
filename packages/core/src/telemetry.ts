import * as Effect from "effect/Effect";
import * as Metric from "effect/Metric";

/**
 * Every name that the engine tells of itself, after the conventions of OpenTelemetry. Nothing is told unless a tracer, a
 * logger at level Debug or a reader of metrics is wired up; and never a token or a health value.
 */
export const telemetry = {
  spans: {
    upload: "tideway.upload",
    ensureSession: "tideway.session.ensure",
    chunk: "tideway.chunk",
    request: "tideway.request",
    settle: "tideway.settle",
    remove: "tideway.remove",
    verify: "tideway.verify"
  },
  counters: {
    datums: "tideway.datums",
    chunks: "tideway.chunks",
    requests: "tideway.requests",
    retries: "tideway.retries",
    throttles: "tideway.throttles"
  },
  events: {
    sessionOpened: "tideway.session.opened",
    sessionLost: "tideway.session.lost",
    requestFailed: "tideway.request.failed",
    chunkParked: "tideway.chunk.parked",
    chunkAcknowledged: "tideway.chunk.acknowledged"
  },
  attributes: {
    sessionId: "tideway.session.id",
    outcome: "tideway.outcome",
    datums: "tideway.chunk.datums",
    bytes: "tideway.chunk.bytes",
    errorType: "error.type",
    attempt: "tideway.attempt",
    request: "tideway.request.name",
    server: "server.address"
  }
} as const;

type Attributes = Readonly<Record<string, string | number | boolean>>;
type CounterName = keyof typeof telemetry.counters;

const counters = Object.fromEntries(
  Object.entries(telemetry.counters).map(([key, name]) => [key, Metric.counter(name, { incremental: true })])
) as Readonly<Record<CounterName, Metric.Counter<number>>>;

/** Adds to one of the counters. */
export const count = (name: CounterName, amount: number, attributes?: Readonly<Record<string, string>>) =>
  Metric.update(attributes ? Metric.withAttributes(counters[name], attributes) : counters[name], amount);

/** A structured log event, at level Debug. */
export const event = (name: string, attributes: Attributes): Effect.Effect<void> =>
  Effect.annotateLogs(Effect.logDebug(name), attributes);
