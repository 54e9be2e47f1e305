import type { ChunkLifecycle } from "./chunk-lifecycle.ts";
import type { Chunk } from "./chunk.ts";
import type { Payload } from "./payload.ts";
import type { RunContext } from "./run-context.ts";

/** The sending of one chunk, in as many requests as it takes. */
export interface Sending {
  readonly context: RunContext;
  readonly chunks: ChunkLifecycle;
  readonly chunk: Chunk;
  /** What is in the request that is sent now. */
  readonly payload: Payload;
}
