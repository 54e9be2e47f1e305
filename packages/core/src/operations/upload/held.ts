import type { Kind } from "@tideway/schemas";
import type { Acknowledged } from "../../contract/ledger.ts";
import type { Known } from "../../ledger/known.ts";
import type { ChunkLifecycle } from "./chunk-lifecycle.ts";
import type { RunContext } from "./run-context.ts";

/** A datum of its own that is in the session in the form given. */
export interface Held extends Acknowledged {
  readonly kind: Kind;
}

/** Whether a request with this id is under way or about to be: one of this upload, or of another one in this process. */
const isUnderWay = (context: RunContext, chunks: ChunkLifecycle, id: string): boolean =>
  chunks.isPending(id) || context.engine.server.inFlight.isWritten(id, context.session.uploadId, context);

/**
 * Whether the session holds this datum in this very form, together with what is inside it: both were last written by it, and
 * nothing that is under way is about to replace them.
 */
export const isHeld = (
  context: RunContext,
  chunks: ChunkLifecycle,
  before: Acknowledged,
  fingerprint: string,
  known: Known
): before is Held => {
  const { originId, kind, children } = before;
  if (before.fingerprint !== fingerprint || kind === "inside" || kind === "unknown") return false;
  if (isUnderWay(context, chunks, originId)) return false;
  return children.every((id) => {
    if (id === originId) return true;
    const child = known.get(id);
    return child?.kind === "inside" && child.fingerprint === fingerprint && !isUnderWay(context, chunks, id);
  });
};
