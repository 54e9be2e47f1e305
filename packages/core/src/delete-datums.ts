import * as Effect from "effect/Effect";
import type { ClientError } from "./client-error.ts";
import type { Engine } from "./engine/engine.ts";
import { request } from "./engine/request.ts";

/** Deletes datums from a session by origin id, where any is named; ids that are not there do no harm. */
export const deleteDatums = (
  engine: Engine,
  sessionId: string,
  originIds: Iterable<string>
): Effect.Effect<void, ClientError> => {
  const selectors = Array.from(originIds, (id) => ({ origin: { id } }));
  if (selectors.length === 0) return Effect.void;
  return request(engine, (signal) => engine.client.transport.deleteData(sessionId, selectors, { signal }), {
    name: "deleting datums",
    repeatable: true
  });
};
