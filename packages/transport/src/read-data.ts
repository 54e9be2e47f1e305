import type { DataQuery } from "@tideway/core";
import type { StoredDatum } from "@tideway/schemas";
import { notTidepool } from "./errors.ts";
import type { Streaming } from "./exchange.ts";
import { JsonArraySplitter, NotAnArray } from "./json-array.ts";

// A datum of the platform is a few kB; its payload and annotations are limited to 4,096 bytes each.
const longestDatum = 4 * 1024 * 1024;

// In the time that an answer may take to begin: less than a hundred bytes a second.
const leastReceived = 16_384;

/** The parameters of `GET /data/{userId}`, in the server's own spelling: `subType`, with a capital T. */
export const dataQuery = (query: DataQuery): Record<string, string | undefined> => ({
  uploadId: query.uploadId,
  type: query.type?.join(","),
  subType: query.subType?.join(","),
  deviceId: query.deviceId,
  startDate: query.startDate,
  endDate: query.endDate,
  latest: query.latest === undefined ? undefined : String(query.latest),
  ...(query.unfiltered ? { carelink: "true", medtronic: "true", dexcom: "true", cbgFilter: "false" } : {})
});

/** The datums of an answer while they arrive. Stopping early ends the request. */
export const readDatums = async function* ({
  response,
  at,
  deadline,
  failed
}: Streaming): AsyncGenerator<StoredDatum, void, undefined> {
  const splitter = new JsonArraySplitter(longestDatum);
  const reader = response.body?.getReader();
  // Bytes since the deadline began anew: so many have to come within it, or an answer that drips would go on for ever.
  let received = 0;
  // A `fetch` of somebody else's may not bind the body to the signal.
  const stop = () => void reader?.cancel().catch(() => {});
  deadline.signal.addEventListener("abort", stop, { once: true });
  try {
    if (response.status !== 200) throw notTidepool(response.status, "the answer is not a list of data.", at);
    deadline.restart();
    for (;;) {
      const chunk = await nextChunk(reader, failed);
      if (deadline.signal.aborted) throw failed(deadline.signal.reason);
      // What the caller does with the datums takes as long as it takes.
      deadline.pause();
      if (chunk === undefined) break;
      received += chunk.length;
      yield* splitter.push(chunk) as Array<StoredDatum>;
      if (received < leastReceived) deadline.resume();
      else {
        received = 0;
        deadline.restart();
      }
    }
    splitter.end();
  } catch (error) {
    if (!(error instanceof NotAnArray)) throw error;
    throw notTidepool(response.status, `the answer is not a whole JSON array. ${error.message}`, at, response.headers);
  } finally {
    deadline.signal.removeEventListener("abort", stop);
    stop();
    deadline.end();
  }
};

const nextChunk = async (
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  failed: (thrown: unknown) => unknown
): Promise<Uint8Array | undefined> => {
  try {
    return (await reader?.read())?.value;
  } catch (thrown) {
    throw failed(thrown);
  }
};
