import type { Datum } from "@tideway/schemas";
import * as Cause from "effect/Cause";
import type * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import type { Pages, Source } from "../contract/entry.ts";

/** Where datums come from: a stream of them, or anything that the Promise face takes. */
export type StreamSource<E = never, R = never> = Stream.Stream<Datum, E, R> | Source;

/** A stream as something to be iterated, and what it failed with. */
export interface Opened<A, E> {
  /** Runs the stream from its start. */
  readonly open: () => AsyncIterable<ReadonlyArray<A>>;
  /** The stream's own failure, where that is what ended it. */
  readonly failure: () => Cause.Cause<E> | undefined;
}

/** The stream, run with what it requires whenever it is opened: an upload whose session is lost reads it again. */
export const opened = <A, E, R>(stream: Stream.Stream<A, E, R>): Effect.Effect<Opened<A, E>, never, R> =>
  Effect.contextWith((context: Context.Context<R>) => {
    let failure: Cause.Cause<E> | undefined;
    const noted = Stream.tapCause(Stream.chunks(stream), (cause) =>
      Effect.sync(() => {
        failure = cause;
      })
    );
    return Effect.succeed({ open: () => Stream.toAsyncIterableWith(noted, context), failure: () => failure });
  });

const pagesOf = async function* (chunks: AsyncIterable<ReadonlyArray<Datum>>): Pages["pages"] {
  for await (const chunk of chunks) yield chunk.map((datum) => ({ datum }));
};

/**
 * Runs an operation on a source. Where the source is a stream that fails, the operation fails with the stream's own error rather than with
 * what it makes of that.
 */
export const withSource = <A, E2, R2, E = never, R = never>(
  source: StreamSource<E, R>,
  operation: (source: Source) => Effect.Effect<A, E2, R2>
): Effect.Effect<A, E | E2, R | R2> => {
  if (!Stream.isStream(source)) return Effect.suspend(() => operation(source as Source));
  return Effect.flatMap(opened(source as Stream.Stream<Datum, E, R>), ({ open, failure }) =>
    Effect.catchCause(
      operation(() => ({ pages: pagesOf(open()) })),
      (cause): Effect.Effect<never, E | E2> => {
        const own = failure();
        return own && !Cause.hasInterruptsOnly(cause) ? Effect.failCause(own) : Effect.failCause(cause);
      }
    )
  );
};
