import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import type { telemetry } from "./telemetry.ts";

type Names = typeof telemetry;

/** What goes along with a span or an event, in the engine's own words. */
export type Attributes = { readonly [A in keyof Names["attributes"]]?: string | number };

/** Where spans, counters and events go. The engine uses its own words; `telemetry` says what they are called outside. */
export interface Recorder {
  readonly span: <A, E, R>(
    operation: Effect.Effect<A, E, R>,
    name: keyof Names["spans"],
    attributes: Attributes
  ) => Effect.Effect<A, E, R>;
  readonly count: (name: keyof Names["counters"], amount: number, attributes: Attributes) => Effect.Effect<void>;
  readonly event: (name: keyof Names["events"], attributes: Attributes) => Effect.Effect<void>;
}

const none: Recorder = { span: (operation) => operation, count: () => Effect.void, event: () => Effect.void };

/** Records nothing unless a recorder is provided, as the Effect face does: programs of the Promise face bundle no tracer, metrics or loggers. */
export const TelemetryRecorder = Context.Reference<Recorder>("@tideway/core/TelemetryRecorder", {
  defaultValue: () => none
});

/** Adds to one of the counters. */
export const count = (name: keyof Names["counters"], amount: number, attributes: Attributes = {}) =>
  Effect.flatMap(TelemetryRecorder, (recorder) => recorder.count(name, amount, attributes));

/** A structured log event. */
export const event = (name: keyof Names["events"], attributes: Attributes) =>
  Effect.flatMap(TelemetryRecorder, (recorder) => recorder.event(name, attributes));

/** Puts an operation into a span of its own. */
export const span =
  (name: keyof Names["spans"], attributes: Attributes = {}) =>
  <A, E, R>(operation: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.flatMap(TelemetryRecorder, (recorder) => recorder.span(operation, name, attributes));
