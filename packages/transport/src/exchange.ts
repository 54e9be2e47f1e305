import { fromFailure } from "#network";
import { BodyTooLong, readBounded } from "./bounded-body.ts";
import type { Clock } from "./clock.ts";
import { startDeadline, type Deadline } from "./deadline.ts";
import { fromDeadline, notTidepool, type Circumstance } from "./errors.ts";
import { parseHttpDate } from "./http-date.ts";

/** An answer whose body is still coming. The deadline has to be ended, whatever happens to the body. */
export interface Streaming {
  readonly response: Response;
  readonly at: Circumstance;
  readonly deadline: Deadline;
  /** What a failure to read the body stands for. */
  readonly failed: (thrown: unknown) => unknown;
}

/** Milliseconds that a server's clock is ahead of this machine's, by an answer; undefined where it does not say. */
export const skewOf = (headers: Headers, asked: number, now: number): number | undefined => {
  const date = parseHttpDate(headers.get("date") ?? "");
  // The header has whole seconds: half a second is the middle of what it can mean.
  return date === undefined ? undefined : date + 500 - (asked + now) / 2;
};

/** Milliseconds after which bytes that move no longer put off the deadline. */
const longest = 30 * 60_000;

/**
 * Makes a request that has an answer by its deadline, or fails with what that stands for. The deadline counts from the last
 * byte that was seen to move.
 */
export const exchange = async (
  at: Circumstance,
  clock: Clock,
  signal: AbortSignal | undefined,
  make: (signal: AbortSignal, onMoved: () => void) => Promise<Response>,
  onProgress: () => void = () => undefined
): Promise<Streaming> => {
  signal?.throwIfAborted();
  const { route } = at;
  const deadline = startDeadline(route.deadline, clock, signal);
  const until = clock.now() + longest;
  const onMoved = () => {
    onProgress();
    if (clock.now() < until) deadline.restart();
  };
  const failed = (thrown: unknown) => {
    if (signal?.aborted) return signal.reason as unknown;
    if (deadline.passed()) return fromDeadline(route.deadline, at);
    if (thrown instanceof BodyTooLong) return notTidepool(undefined, "the answer does not end.", at);
    return fromFailure(thrown, at);
  };
  try {
    return { response: await make(deadline.signal, onMoved), at, deadline, failed };
  } catch (thrown) {
    deadline.end();
    throw failed(thrown);
  }
};

/** The whole body, as text. */
export const wholeBody = async ({ response, at, deadline, failed }: Streaming): Promise<string> => {
  try {
    return await readBounded(response, at.route.limit, deadline.signal);
  } catch (thrown) {
    throw failed(thrown);
  } finally {
    deadline.end();
  }
};
