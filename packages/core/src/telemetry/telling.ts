import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import type { telemetry } from "./telemetry.ts";

type Names = typeof telemetry;

/** What goes along with a span or an event, in the engine's own words. */
export type Attributes = { readonly [A in keyof Names["attributes"]]?: string | number };

/** Where spans, counters and events go. The engine uses its own words; `telemetry` says what they are called outside. */
export interface Teller {
  readonly span: <A, E, R>(
    operation: Effect.Effect<A, E, R>,
    name: keyof Names["spans"],
    attributes: Attributes
  ) => Effect.Effect<A, E, R>;
  readonly count: (name: keyof Names["counters"], amount: number, attributes: Attributes) => Effect.Effect<void>;
  readonly event: (name: keyof Names["events"], attributes: Attributes) => Effect.Effect<void>;
}

const nobody: Teller = { span: (operation) => operation, count: () => Effect.void, event: () => Effect.void };

/** Nobody is told unless somebody is wired up: a program that does not look carries no tracer, metrics or logs. */
export const Telling = Context.Reference<Teller>("@tideway/core/Telling", { defaultValue: () => nobody });

/** Adds to one of the counters. */
export const count = (name: keyof Names["counters"], amount: number, attributes: Attributes = {}) =>
  Effect.flatMap(Telling, (teller) => teller.count(name, amount, attributes));

/** A structured log event. */
export const event = (name: keyof Names["events"], attributes: Attributes) =>
  Effect.flatMap(Telling, (teller) => teller.event(name, attributes));

/** Puts an operation into a span of its own. */
export const span =
  (name: keyof Names["spans"], attributes: Attributes = {}) =>
  <A, E, R>(operation: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.flatMap(Telling, (teller) => teller.span(operation, name, attributes));
