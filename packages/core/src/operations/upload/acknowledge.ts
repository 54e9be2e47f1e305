import * as Effect from "effect/Effect";
import { type Item, entriesOf, jsonOf } from "../../contract/item.ts";
import type { SessionLedger } from "../../contract/ledger.ts";
import { goesWith } from "../../ledger/known.ts";
import { ledgerCall } from "../../ledger/open-ledger.ts";
import { count, event } from "../../telemetry/recorder.ts";
import { deleteDatums } from "../remove/delete-datums.ts";
import type { Sending } from "./sending.ts";

const timeOf = (item: Item): string => (JSON.parse(jsonOf(item)) as { readonly time: string }).time;

/** Of the first and the last only: most sources are in order of time, one way or the other, and this is for people to see. */
const newestOf = (items: ReadonlyArray<Item>): string => {
  const [first, last] = [timeOf(items[0]!), timeOf(items.at(-1)!)];
  return first > last ? first : last;
};

/**
 * Deletes what was inside an older version and is not in the one that was sent: the platform replaces a datum, not what it
 * once split off from it. Not what by now is a datum of its own, or inside another.
 */
const deleteGone = ({ context, chunks, payload }: Sending, ledger: SessionLedger) =>
  Effect.gen(function* () {
    const { engine, session } = context;
    const gone = payload.items.flatMap(({ originId, gone: ids }) => ids.map((id) => ({ id, originId })));
    if (gone.length === 0) return;
    const known = yield* ledgerCall(() => ledger.get(gone.map(({ id }) => id)));
    const originIds = gone.filter(({ id, originId }) => goesWith(known, id, originId)).map(({ id }) => id);
    const number = chunks.nextNumber();
    const deletion = { sessionId: session.uploadId, originIds, by: context, ledger, number };
    payload.quiescentAt = Math.max(payload.quiescentAt, yield* deleteDatums(engine, deletion));
    yield* ledgerCall(() => ledger.forget(originIds));
  });

/** A request was acknowledged: counts what was in it, deletes what that leaves behind, and tells the ledger. */
export const acknowledge = (sending: Sending) =>
  Effect.gen(function* () {
    const { context, chunks, payload } = sending;
    const { ledger, reporter, sampler, engine } = context;
    const { tally, emit } = reporter;
    for (const { kind } of payload.items) tally.add("sent", kind);
    tally.chunks++;
    if (ledger) {
      yield* deleteGone(sending, ledger);
      yield* ledgerCall(() => ledger.acknowledge(entriesOf(payload.items)));
      sampler.add(payload.items);
    }
    chunks.ledgerChanged();
    engine.retryBudget.progressed();
    const datums = payload.items.length;
    const bytes = payload.body.length;
    yield* count("datums", datums, { outcome: "sent" });
    yield* count("chunks", 1);
    yield* event("chunkAcknowledged", { datums, bytes });
    emit({ type: "chunk", counts: tally.counts(), datums, bytes, newest: newestOf(payload.items) });
  });
