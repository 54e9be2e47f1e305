import { type CallOptions, isThrottled, ServerFailed, Throttled, type Transport } from "@tideway/core";
import type { FleetLimiter } from "./fleet-limiter.ts";

/** How often core looks whether a pause is over, in milliseconds: an operator may end it. */
const recheckAfter = 1000;

const heard = async <A>(limiter: FleetLimiter, call: () => Promise<A>): Promise<A> => {
  try {
    const answer = await call();
    limiter.succeeded();
    return answer;
  } catch (error) {
    if (!isThrottled(error)) throw error;
    try {
      await limiter.pause(error.retryAfter);
    } catch {
      // Where PostgreSQL is out of reach, this process alone keeps the pause, and the server tells the others itself.
      throw error;
    }
    const { message, status, traceId } = error;
    throw new Throttled({
      message,
      retryAfter: recheckAfter,
      cause: error,
      ...(status === undefined ? {} : { status }),
      ...(traceId === undefined ? {} : { traceId })
    });
  }
};

const admitted = async (limiter: FleetLimiter, options: CallOptions | undefined): Promise<void> => {
  let pause: number;
  // Waiting for one's turn is no silence of the server.
  const alive = setInterval(() => options?.onProgress?.(), 1000);
  try {
    pause = await limiter.admit(options?.signal);
  } catch (cause) {
    if (options?.signal?.aborted === true) throw cause;
    throw new ServerFailed({
      message: "The fleet's rate limit in PostgreSQL cannot be read: nothing was sent.",
      cause
    });
  } finally {
    clearInterval(alive);
  }
  if (pause > 0) {
    const message = "The server asked the fleet for a pause, which is not over: nothing was sent.";
    throw new Throttled({ message, retryAfter: Math.min(pause, recheckAfter) });
  }
};

/** The same transport, at the pace of the whole fleet; a 429 or 503 that one process gets pauses all. */
export const limitedTransport = (transport: Transport, limiter: FleetLimiter): Transport => {
  const limited = async <A>(options: CallOptions | undefined, call: () => Promise<A>): Promise<A> => {
    await admitted(limiter, options);
    return heard(limiter, call);
  };
  return {
    server: transport.server,
    listDataSets: (userId, query, options) => limited(options, () => transport.listDataSets(userId, query, options)),
    createDataSet: (userId, body, options) => limited(options, () => transport.createDataSet(userId, body, options)),
    deleteDataSet: (dataSetId, options) => limited(options, () => transport.deleteDataSet(dataSetId, options)),
    postData: (dataSetId, body, options) => limited(options, () => transport.postData(dataSetId, body, options)),
    deleteData: (dataSetId, selectors, options) =>
      limited(options, () => transport.deleteData(dataSetId, selectors, options)),
    async *readData(userId, query, options) {
      await admitted(limiter, options);
      yield* transport.readData(userId, query, options);
    }
  };
};
