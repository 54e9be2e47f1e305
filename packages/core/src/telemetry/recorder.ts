import * as Effect from "effect/Effect";
import * as Metric from "effect/Metric";
import { telemetry } from "./telemetry.ts";

type Names = typeof telemetry;

/** What goes along with a span, a counter or an event, in the engine's own words; `telemetry` has the names outside. */
export type Attributes = { readonly [A in keyof Names["attributes"]]?: string | number };

const named = (attributes: Attributes): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [telemetry.attributes[key as keyof Attributes], String(value)])
  );

/** Adds to one of the counters. */
export const count = (name: keyof Names["counters"], amount: number, attributes: Attributes = {}) =>
  Metric.update(
    Metric.withAttributes(Metric.counter(telemetry.counters[name], { incremental: true }), named(attributes)),
    amount
  );

/** A structured log event, of level Debug. */
export const event = (name: keyof Names["events"], attributes: Attributes) =>
  Effect.annotateLogs(Effect.logDebug(telemetry.events[name]), named(attributes));

/** Puts an operation into a span of its own. */
export const span =
  (name: keyof Names["spans"], attributes: Attributes = {}) =>
  <A, E, R>(operation: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.withSpan(operation, telemetry.spans[name], { attributes: named(attributes) });
