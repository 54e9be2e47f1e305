import * as Effect from "effect/Effect";
import { type ClientError, SourceFailed } from "./client-error.ts";
import type { Engine } from "./engine/engine.ts";
import { request } from "./engine/request.ts";
import { findSession } from "./session/ensure.ts";
import { span } from "./telling.ts";
import { ledgerCall } from "./upload/flight.ts";
import { childId, embeddingMembers } from "./upload/identify.ts";

const pageSize = 300;

async function* inPages(ids: Iterable<string> | AsyncIterable<string>): AsyncGenerator<ReadonlyArray<string>> {
  let page: Array<string> = [];
  for await (const id of ids) {
    page.push(id);
    if (page.length === pageSize) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

const openLedger = (engine: Engine, sessionId: string) => {
  const { transport, userId, client, ledger } = engine.client;
  if (!ledger) return Effect.succeed(undefined);
  const scope = { server: transport.server, userId, clientName: client.name, sessionId };
  return Effect.acquireRelease(
    ledgerCall(() => ledger.open(scope)),
    (open) => Effect.ignore(ledgerCall(() => open.close()))
  );
};

/**
 * Deletes datums by origin id, in this client's session only, together with the datums that were inside them. Resolves
 * to how many ids were asked for; ids that are not there do no harm.
 */
export const remove = (
  engine: Engine,
  originIds: Iterable<string> | AsyncIterable<string>
): Effect.Effect<number, ClientError> =>
  Effect.gen(function* () {
    const session = yield* findSession(engine);
    if (!session) return 0;
    const ledger = yield* openLedger(engine, session.uploadId);
    const pages = inPages(originIds);
    let count = 0;
    for (;;) {
      const { done, value } = yield* Effect.tryPromise({
        try: () => pages.next(),
        catch: (cause) => new SourceFailed({ message: "The ids to delete could not be read.", cause })
      });
      if (done) return count;
      const known = ledger ? yield* ledgerCall(() => ledger.get(value)) : new Map();
      const all = new Set<string>();
      for (const id of value) {
        all.add(id);
        for (const member of embeddingMembers) all.add(childId(id, `/${member}`));
        for (const child of known.get(id)?.children ?? []) all.add(child);
      }
      // Forgotten before: a ledger that still knew a deleted datum would never send it again.
      if (ledger) yield* ledgerCall(() => ledger.forget(value));
      const selectors = [...all].map((id) => ({ origin: { id } }));
      yield* request(engine, (signal) => engine.client.transport.deleteData(session.uploadId, selectors, { signal }), {
        name: "deleting datums",
        repeatable: true
      });
      count += value.length;
    }
  }).pipe(Effect.scoped, span("remove"));
