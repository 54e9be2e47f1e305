import * as Effect from "effect/Effect";
import type { ClientError } from "../../contract/errors/client-error.ts";
import type { Acknowledged } from "../../contract/ledger.ts";
import type { MirrorWindow } from "../../contract/mirror-window.ts";
import { awaitQuiescence } from "../../engine/await-quiescence.ts";
import { request } from "../../engine/request.ts";
import { ledgerCall } from "../../ledger/open-ledger.ts";
import { deleteDatums } from "../remove/delete-datums.ts";
import type { ChunkLifecycle } from "./chunk-lifecycle.ts";
import { windowQuery, windowsOf } from "./mirror-windows.ts";
import type { RunContext } from "./run-context.ts";

type Members = Readonly<Record<string, unknown>>;

const originIdsOf = async (datums: AsyncIterable<unknown>): Promise<ReadonlyArray<string>> => {
  const ids: Array<string> = [];
  for await (const datum of datums as AsyncIterable<Members>) {
    const id = (datum["origin"] as Members | undefined)?.["id"];
    if (typeof id === "string") ids.push(id);
  }
  return ids;
};

/** Origin ids of what the session holds in these windows. */
const readWindows = ({ engine, session }: RunContext, windows: ReadonlyArray<MirrorWindow>) =>
  Effect.gen(function* () {
    const { transport, userId } = engine.client;
    const all = new Set<string>();
    for (const window of windows) {
      const query = windowQuery(session.uploadId, window);
      const ids = yield* request(engine, (signal) => originIdsOf(transport.readData(userId, query, { signal })), {
        name: "reading back what may have to be deleted",
        repeatable: true,
        deadline: Number.POSITIVE_INFINITY
      });
      for (const id of ids) all.add(id);
    }
    return all;
  });

/** Whether it lies in the windows; what is inside another datum goes with that one. */
const isWithin = (windows: ReadonlySet<string>, { originId, kind, children }: Acknowledged): boolean =>
  windows.has(originId) && (kind !== "inside" || children.every((around) => windows.has(around)));

/** Deletes from the session what the source no longer has, where a mirror was asked for. */
export const removeUnseen = (context: RunContext, chunks: ChunkLifecycle): Effect.Effect<void, ClientError> =>
  Effect.gen(function* () {
    const { ledger, engine, session, mirror, reading, reporter } = context;
    if (!ledger || !mirror || reading.unidentified) return;
    const windows = windowsOf(mirror);
    let within: ReadonlySet<string> | undefined;
    const pages = ledger.unseen()[Symbol.asyncIterator]();
    for (;;) {
      const { done, value: unseen } = yield* ledgerCall(() => pages.next());
      if (done) return;
      if (windows) within ??= yield* readWindows(context, windows);
      const value = within ? unseen.filter((entry) => isWithin(within!, entry)) : unseen;
      if (value.length === 0) continue;
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
