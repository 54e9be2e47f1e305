import type { Effect } from "effect/Effect";
import type { ClientError } from "../../contract/errors/client-error.ts";
import type { HeldSpan } from "../../contract/sync.ts";
import type { Engine } from "../../engine/engine.ts";
import { request } from "../../engine/request.ts";
import { originIdOf } from "./origin-id.ts";

type Members = Readonly<Record<string, unknown>>;

/** Origin ids that the session has within a span and the source was not seen to have. */
export const findGone = (
  engine: Engine,
  sessionId: string,
  { types, from, to, concerns = () => true }: HeldSpan,
  seen: ReadonlySet<string>
): Effect<ReadonlySet<string>, ClientError> => {
  const { transport, userId } = engine.client;
  const query = {
    uploadId: sessionId,
    type: types,
    startDate: new Date(from).toISOString(),
    endDate: new Date(to).toISOString()
  };
  const call = async (signal: AbortSignal) => {
    const gone = new Set<string>();
    for await (const datum of transport.readData(userId, query, { signal })) {
      const stored = datum as unknown as Members;
      const id = originIdOf(stored);
      if (stored["type"] !== "upload" && id !== undefined && !seen.has(id) && concerns(stored)) gone.add(id);
    }
    return gone;
  };
  return request(engine, call, {
    name: "reading the session back",
    repeatable: true,
    // It streams: how long a silence may be is the transport's to say.
    deadline: Number.POSITIVE_INFINITY
  });
};
