import * as Effect from "effect/Effect";
import type { ClientError } from "../client-error.ts";
import { request } from "../engine/request.ts";
import { ledgerCall } from "./flight.ts";
import type { Run } from "./run.ts";

/** Deletes from the session what the source no longer has, where a mirror was asked for. */
export const removeUnseen = (run: Run): Effect.Effect<void, ClientError> =>
  Effect.gen(function* () {
    const { ledger, engine, session } = run;
    if (!ledger || !run.mirror || run.unidentified) return;
    const pages = ledger.unseen()[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = yield* ledgerCall(() => pages.next());
      if (done) return;
      const originIds = value.flatMap(({ originId, children }) => [originId, ...children]);
      const selectors = originIds.map((id) => ({ origin: { id } }));
      yield* request(engine, (signal) => engine.client.transport.deleteData(session.uploadId, selectors, { signal }), {
        name: "deleting datums",
        repeatable: true
      });
      yield* ledgerCall(() => ledger.forget(value.map(({ originId }) => originId)));
      run.reporter.tally.removed += value.length;
    }
  });
