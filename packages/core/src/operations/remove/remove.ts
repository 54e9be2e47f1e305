import { longestInOrigin } from "@tideway/schemas";
import * as Effect from "effect/Effect";
import { type ClientError, SourceFailed } from "../../contract/errors/client-error.ts";
import type { SessionLedger } from "../../contract/ledger.ts";
import { awaitQuiescence } from "../../engine/await-quiescence.ts";
import type { Engine } from "../../engine/engine.ts";
import { goesWith } from "../../ledger/known.ts";
import { ledgerCall, openLedger } from "../../ledger/open-ledger.ts";
import { derivedChildren } from "../../prepare/identify.ts";
import { span } from "../../telemetry/recorder.ts";
import { findSession } from "../session/ensure.ts";
import { deleteDatums } from "./delete-datums.ts";
import { takeOverUnfinished } from "./take-over-unfinished.ts";

const pageSize = 300;

const inPages = async function* (ids: Iterable<string> | AsyncIterable<string>): AsyncGenerator<ReadonlyArray<string>> {
  // A text is iterable, too: its characters would be taken for ids.
  if (typeof ids === "string") throw new TypeError("The ids to delete have to be a list of texts, not one text.");
  let page: Array<string> = [];
  for await (const id of ids) {
    page.push(id);
    if (page.length === pageSize) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
};

/** What was inside these datums, as far as that is known, and has not become a datum of its own or moved to another since. */
const insideOf = (ids: ReadonlyArray<string>, ledger: SessionLedger | undefined) =>
  Effect.gen(function* () {
    if (!ledger) return ids.flatMap(derivedChildren);
    const parents = yield* ledgerCall(() => ledger.get(ids));
    const inside = ids.flatMap((id) => {
      const { kind, children = [] } = parents.get(id) ?? {};
      return [...new Set([...derivedChildren(id), ...(kind === "inside" ? [] : children)])].map((child) => ({
        id,
        child
      }));
    });
    const known = yield* ledgerCall(() => ledger.get(inside.map(({ child }) => child)));
    return inside.filter(({ id, child }) => goesWith(known, child, id)).map(({ child }) => child);
  });

/**
 * Deletes datums by origin id, in this app's session only, together with the datums that were inside them. Resolves
 * to how many ids were asked for; ids that are not there do no harm.
 */
export const remove = (
  engine: Engine,
  originIds: Iterable<string> | AsyncIterable<string>
): Effect.Effect<number, ClientError> =>
  Effect.gen(function* () {
    const pages = inPages(originIds);
    // Asked for at once: ids that fail early fail while somebody listens.
    let coming = pages.next();
    coming.catch(() => undefined);
    const session = yield* findSession(engine);
    if (!session) return 0;
    const ledger = yield* openLedger(engine, session.uploadId);
    // A request that still runs could bring back what is deleted before it has ended.
    const unfinished = ledger ? yield* takeOverUnfinished(engine, ledger) : [];
    let number = 0;
    let count = 0;
    for (;;) {
      const { done, value } = yield* Effect.tryPromise({
        try: () => coming,
        catch: (cause) => new SourceFailed({ message: "The ids to delete could not be read.", cause })
      });
      if (done) return count;
      coming = pages.next();
      coming.catch(() => undefined);
      // The platform would answer with a failure of its own; and no datum has such an id.
      const ids = value.filter((id) => id !== "" && [...id].length <= longestInOrigin);
      const all = new Set([...ids, ...(yield* insideOf(ids, ledger))]);
      const shared = unfinished.filter(({ originIds }) => originIds.some((id) => all.has(id)));
      yield* awaitQuiescence(engine, Math.max(0, ...shared.map(({ quiescentAt }) => quiescentAt)));
      const deletion = { sessionId: session.uploadId, originIds: [...all], by: {}, ledger, number: number++ };
      yield* deleteDatums(engine, deletion);
      if (ledger) yield* ledgerCall(() => ledger.forget([...all]));
      count += value.length;
    }
  }).pipe(Effect.scoped, span("remove"));
