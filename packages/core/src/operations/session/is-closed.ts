import type { DataSet } from "@tideway/schemas";
import * as Effect from "effect/Effect";
import type { Engine } from "../../engine/engine.ts";
import { request } from "../../engine/request.ts";

/**
 * Whether a session is known to be closed. The list does not tell; the set's own record, where it may be read, does. What
 * cannot be found out at the first try shows when something is sent.
 */
export const isClosed = (engine: Engine, { uploadId }: DataSet): Effect.Effect<boolean> =>
  request(
    engine,
    async (signal) => {
      const { transport, userId } = engine.client;
      for await (const datum of transport.readData(userId, { uploadId, type: ["upload"] }, { signal })) {
        if ((datum as unknown as { readonly _state?: unknown })._state === "closed") return true;
      }
      return false;
    },
    { name: "the state of a session", cautious: true }
  ).pipe(Effect.catch(() => Effect.succeed(false)));
