import * as Effect from "effect/Effect";
import { type ClientError, LedgerFailed } from "../client-error.ts";
import { request } from "../engine/request.ts";
import type { Culprit } from "../policy/search.ts";
import { settledAt } from "../policy/settling.ts";
import { count, event, span } from "../telling.ts";
import { type Chunk, bodyOf } from "./chunk.ts";
import type { Item } from "./item.ts";
import type { Refusal } from "./rejection.ts";
import type { Run } from "./run.ts";

const originIdsOf = (items: ReadonlyArray<Item>): Array<string> => {
  const ids: Array<string> = [];
  for (const { originId, children } of items) ids.push(originId, ...children);
  return ids;
};

/** Lifts a call of the ledger. */
export const ledgerCall = <A>(call: () => Promise<A>): Effect.Effect<A, LedgerFailed> =>
  Effect.tryPromise({
    try: call,
    catch: (cause) =>
      cause instanceof LedgerFailed
        ? cause
        : new LedgerFailed({ message: "The ledger failed: nothing is lost, see the cause.", cause })
  });

const refusalOf = ({ code, issues }: Culprit): Refusal => {
  const by = "server";
  if (code === "too-large") {
    const message = "The server takes no request this large, not even with this datum alone.";
    return { outcome: "rejected", by, code, message, issues };
  }
  const [first] = issues;
  const message = first
    ? `${first.pointer || "The datum"}: ${first.message}`
    : "The server refused it without a reason.";
  return { outcome: "rejected", by, code, message, issues };
};

const newestOf = (items: ReadonlyArray<Item>): { readonly newest?: string } => {
  let newest: string | undefined;
  for (const { time } of items) if (time !== undefined && (newest === undefined || time > newest)) newest = time;
  return newest === undefined ? {} : { newest };
};

const acknowledge = (run: Run, items: ReadonlyArray<Item>, bytes: number) =>
  Effect.gen(function* () {
    const { tally, emit } = run.reporter;
    for (const { kind } of items) tally.add("sent", kind);
    tally.chunks++;
    const { ledger } = run;
    if (ledger) yield* ledgerCall(() => ledger.acknowledge(items));
    run.epoch++;
    run.engine.trouble.progressed(run.engine.now());
    yield* count("datums", items.length, { outcome: "sent" });
    yield* count("chunks", 1);
    yield* event("chunkAcknowledged", { datums: items.length, bytes });
    emit({ type: "chunk", counts: tally.counts(), datums: items.length, bytes, ...newestOf(items) });
  });

/** One request with some of a chunk's datums. */
const post = (run: Run, items: ReadonlyArray<Item>, number: number, started: { at: number }) => {
  const { engine, ledger, session, reporter } = run;
  const body = bodyOf(items);
  const originIds = ledger ? originIdsOf(items) : [];
  const forget = items.filter(({ replaces }) => replaces).map(({ originId }) => originId);
  const call = async (signal: AbortSignal) => {
    started.at = engine.now();
    if (ledger) {
      await ledger.begin({ chunk: number, originIds, begun: started.at }, forget);
      run.epoch++;
    }
    reporter.tally.requests++;
    return engine.client.transport.postData(session.uploadId, body, { signal });
  };
  return Effect.as(request(engine, call, { name: "a chunk of datums" }), body.length);
};

/**
 * Sends a chunk until every datum of it is acknowledged or rejected. Where an answer never came, what is left of it is
 * parked: to be sent again when the request is surely dead.
 */
export const fly = (run: Run, chunk: Chunk): Effect.Effect<void, ClientError> =>
  Effect.gen(function* () {
    const { engine, ledger, chunker } = run;
    chunk.number ??= run.chunks++;
    const { number } = chunk;
    const started = { at: engine.now() };
    const all = originIdsOf(chunk.items);
    const isolation = engine.policy.isolation.begin(chunk.items);
    for (;;) {
      const items = isolation.next();
      if (!items) break;
      if (run.engine.halt.isOn) return yield* Effect.interrupt;
      const result = yield* Effect.result(post(run, items, number, started));
      if (result._tag === "Success") {
        isolation.accepted();
        yield* acknowledge(run, items, result.success);
        continue;
      }
      const error = result.failure;
      if (error._tag === "Unanswered" && ++chunk.unanswered < engine.policy.settling.attempts) {
        chunk.items = [...isolation.remaining()];
        chunk.notBefore = settledAt(engine.policy.settling, started.at, engine.now());
        const left = new Set(originIdsOf(chunk.items));
        chunker.release(
          chunk,
          all.filter((id) => !left.has(id))
        );
        chunk.state = "parked";
        yield* event("chunkParked", { datums: chunk.items.length });
        return;
      }
      const culprits =
        error._tag === "Refused"
          ? isolation.refused(error.issues)
          : error._tag === "TooLarge"
            ? isolation.tooLarge()
            : undefined;
      if (!culprits) {
        if (ledger && error._tag !== "Unanswered") yield* ledgerCall(() => ledger.end(number));
        chunk.items = [...isolation.remaining()];
        return yield* Effect.fail(error);
      }
      for (const culprit of culprits) run.reject(refusalOf(culprit), culprit.item);
    }
    if (ledger) yield* ledgerCall(() => ledger.end(number));
    chunker.release(chunk, all);
    chunk.items = [];
    chunk.state = "done";
  }).pipe(span("chunk"));
