import * as Effect from "effect/Effect";
import type { ClientError } from "../../contract/errors/client-error.ts";
import { awaitQuiescence } from "../../engine/await-quiescence.ts";
import { ledgerCall } from "../../ledger/open-ledger.ts";
import { deleteDatums } from "../remove/delete-datums.ts";
import type { ChunkLifecycle } from "./chunk-lifecycle.ts";
import type { RunContext } from "./run-context.ts";

/** Deletes from the session what the source no longer has, where a mirror was asked for. */
export const removeUnseen = (context: RunContext, chunks: ChunkLifecycle): Effect.Effect<void, ClientError> =>
  Effect.gen(function* () {
    const { ledger, engine, session, mirror, reading, reporter } = context;
    if (!ledger || !mirror || reading.unidentified) return;
    const pages = ledger.unseen()[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = yield* ledgerCall(() => pages.next());
      if (done) return;
      const ids = value.map(({ originId }) => originId);
      // What was inside one of them is here by itself, where nothing else has it by now.
      const inside = value.flatMap(({ kind, children }) => (kind === "inside" ? [] : children));
      const known = yield* ledgerCall(() => ledger.get(inside));
      const gone = [...ids, ...inside.filter((id) => !known.has(id))];
      // A request of an earlier run could bring back what is deleted before it has ended.
      yield* awaitQuiescence(engine, chunks.reservedUntil(gone));
      const deletion = {
        sessionId: session.uploadId,
        originIds: gone,
        by: context,
        ledger,
        number: chunks.nextNumber()
      };
      yield* deleteDatums(engine, deletion);
      yield* ledgerCall(() => ledger.forget(ids));
      // What only may have been there was perhaps none, and what was inside another datum is a part of that.
      reporter.tally.removed += value.filter(({ kind }) => kind !== "unknown" && kind !== "inside").length;
    }
  });
