import type { DataSet } from "@tideway/schemas";
import * as Effect from "effect/Effect";
import * as Random from "effect/Random";
import type { ClientError } from "../../contract/errors/client-error.ts";
import type { Engine } from "../../engine/engine.ts";
import { request } from "../../engine/request.ts";
import { event, span } from "../../telemetry/recorder.ts";
import { deduplicator, ranked } from "./candidates.ts";
import { isClosed } from "./is-closed.ts";
import { listSessions } from "./list.ts";

/** A session to use, and whether it was opened for this. */
export interface Ensured {
  readonly session: DataSet;
  readonly opened: boolean;
}

/**
 * The first in rank. Where there are several, one may have been closed, which the list does not tell: it would come first for
 * ever, and be found out only by sending to it.
 */
const find = (engine: Engine, without: ReadonlySet<string>): Effect.Effect<DataSet | undefined, ClientError> =>
  Effect.gen(function* () {
    const candidates = ranked(yield* listSessions(engine), engine.client.app.name, without);
    for (const [index, candidate] of candidates.entries()) {
      const isLast = index === candidates.length - 1;
      if (isLast || !(yield* isClosed(engine, candidate))) return candidate;
    }
    return undefined;
  });

/** The session of this app, undefined where there is none. */
export const findSession = (engine: Engine): Effect.Effect<DataSet | undefined, ClientError> => find(engine, new Set());

/**
 * Not repeated blindly: whatever the answer was, or where there was none, a session may have been opened. `undefined`
 * says that this has to be looked up.
 */
const create = (engine: Engine, attempt: number): Effect.Effect<DataSet | undefined, ClientError> =>
  Effect.gen(function* () {
    const { transport, userId, app } = engine.client;
    const body = {
      client: { name: app.name, version: app.version },
      dataSetType: "continuous" as const,
      deduplicator: { name: deduplicator }
    };
    const call = (signal: AbortSignal) => transport.createDataSet(userId, body, { signal });
    const made = yield* Effect.result(request(engine, call, { name: "opening a session", cautious: true }));
    if (made._tag === "Success") return made.success;
    const error = made.failure;
    const failure = engine.policy.retry.classify(error);
    if (failure === "permanent" || error._tag === "Unreachable") return yield* Effect.fail(error);
    const wait = engine.retryBudget.nextDelay(attempt, true, engine.now(), yield* Random.next);
    if (typeof wait !== "number") return yield* Effect.fail(error);
    const milliseconds = failure === "unanswered" ? engine.policy.settling.quiet : wait;
    engine.onWait({ reason: error.message, milliseconds, attempt });
    yield* Effect.sleep(milliseconds);
    return undefined;
  });

const holdsData = (engine: Engine, dataSetId: string): Effect.Effect<boolean, ClientError> =>
  request(
    engine,
    async (signal) => {
      const { transport, userId } = engine.client;
      for await (const datum of transport.readData(userId, { uploadId: dataSetId }, { signal })) {
        if ((datum as { type?: unknown }).type !== "upload") return true;
      }
      return false;
    },
    { name: "reading back a session", repeatable: true }
  );

/** An own session that lost against another is taken away again, but never one that holds data. If it can be: it harms nobody. */
const withdraw = (engine: Engine, own: DataSet) =>
  Effect.gen(function* () {
    if (yield* holdsData(engine, own.uploadId)) return;
    yield* request(engine, (signal) => engine.client.transport.deleteDataSet(own.uploadId, { signal }), {
      name: "deleting an empty session",
      repeatable: true
    });
  }).pipe(Effect.result);

/** Enough for a rule that settles in two looks; more means that somebody deletes what is opened. */
const mostOpened = 5;

const open = (engine: Engine, without: ReadonlySet<string>): Effect.Effect<Ensured, ClientError> =>
  Effect.gen(function* () {
    const own = new Map<string, DataSet>();
    for (let attempt = 1; ; attempt++) {
      const winner = yield* find(engine, without);
      if (winner) {
        for (const loser of own.values()) if (loser.uploadId !== winner.uploadId) yield* withdraw(engine, loser);
        return { session: winner, opened: own.has(winner.uploadId) };
      }
      const made = yield* create(engine, attempt);
      if (made) own.set(made.uploadId, made);
      if (own.size > mostOpened) return { session: made!, opened: true };
      if (made) yield* Effect.sleep(engine.policy.settling.recheckAfter);
    }
  });

/**
 * Finds the session, or opens one: look, create, look again, agree on the oldest, take an own loser away. Processes and
 * tabs that start together end with one session; within a process they queue up.
 */
export const ensureSession = (
  engine: Engine,
  without: ReadonlySet<string> = new Set()
): Effect.Effect<Ensured, ClientError> => {
  const { userId, app } = engine.client;
  const name = JSON.stringify([userId, app.name]);
  return Effect.gen(function* () {
    const ensured = yield* engine.server.sessionLocks.withLock(name, open(engine, without));
    if (ensured.opened) yield* event("sessionOpened", { sessionId: ensured.session.uploadId });
    return ensured;
  }).pipe(span("ensureSession"));
};
