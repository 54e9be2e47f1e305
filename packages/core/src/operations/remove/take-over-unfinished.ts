import * as Effect from "effect/Effect";
import type { LedgerFailed } from "../../contract/errors/client-error.ts";
import type { Acknowledged, InDoubtWrite, SessionLedger } from "../../contract/ledger.ts";
import type { Engine } from "../../engine/engine.ts";
import { ledgerCall } from "../../ledger/open-ledger.ts";
import { derivedChildren } from "../../prepare/identify.ts";

/** What a request of an earlier run, whose end nobody knows, may be changing. */
export interface Unfinished {
  readonly originIds: ReadonlyArray<string>;
  /** When it surely has no effect any more, in milliseconds since 1970. */
  readonly quiescentAt: number;
}

/**
 * What may be in the session because of them. What has been acknowledged since is known for certain; of the rest at most
 * the version before, which was about to be replaced.
 */
const suspectsOf = (
  writes: ReadonlyArray<InDoubtWrite>,
  known: ReadonlyMap<string, Acknowledged>
): ReadonlyArray<Acknowledged> => {
  const suspects = new Map<string, Acknowledged>();
  for (const { originIds } of writes) {
    const ids = new Set(originIds);
    for (const originId of ids) {
      const before = suspects.get(originId) ?? known.get(originId);
      const derived = derivedChildren(originId).filter((id) => ids.has(id));
      if (before && before.fingerprint !== "") continue;
      const children = [...new Set([...(before?.children ?? []), ...derived])];
      suspects.set(originId, { originId, fingerprint: "", kind: before?.kind ?? "unknown", children });
    }
  }
  return [...suspects.values()];
};

/**
 * Takes over what earlier runs began and did not end: from now on the ledger knows that it may be there, so that the next
 * version replaces it and a mirror deletes it. Resolves to what may still be running.
 */
export const takeOverUnfinished = (
  engine: Engine,
  ledger: SessionLedger
): Effect.Effect<ReadonlyArray<Unfinished>, LedgerFailed> =>
  Effect.gen(function* () {
    const inDoubt = yield* ledgerCall(() => ledger.inDoubtWrites());
    if (inDoubt.length === 0) return [];
    const known = yield* ledgerCall(() => ledger.get(inDoubt.flatMap(({ originIds }) => originIds)));
    const { quiet } = engine.policy.settling;
    const now = engine.now();
    yield* ledgerCall(() => ledger.suspect(suspectsOf(inDoubt, known), now - quiet));
    // A clock that was set back must not make us wait for longer than any request can last.
    return inDoubt
      .map(({ originIds, begun }) => ({ originIds, quiescentAt: Math.min(begun, now) + quiet }))
      .filter(({ quiescentAt }) => quiescentAt > now);
  });
