import * as Effect from "effect/Effect";
import type { Source } from "../../contract/entry.ts";
import type { ClientError } from "../../contract/errors/client-error.ts";
import { NotFound } from "../../contract/errors/transport-error.ts";
import type { Difference, Verification } from "../../contract/verification.ts";
import type { Engine } from "../../engine/engine.ts";
import { request } from "../../engine/request.ts";
import { invalidate } from "../../ledger/invalidate.ts";
import { openLedger } from "../../ledger/open-ledger.ts";
import { derivedChildren } from "../../prepare/identify.ts";
import { openReading, visitDatums } from "../../prepare/visit-datums.ts";
import { canBeReadAgain, requireSource } from "../../source/pages.ts";
import type { Reading } from "../../source/reading.ts";
import { span } from "../../telemetry/recorder.ts";
import { findSession } from "../session/ensure.ts";
import { differingMembers } from "./differing-members.ts";
import { comparableForm, expectedOf, printOf } from "./expected.ts";

type Members = Readonly<Record<string, unknown>>;

/** A datum and what is inside it may have one id: those differ in type. */
const keyOf = (originId: unknown, { type }: Members) => `${String(type)} ${String(originId)}`;

/** What should be in the session: a print of each datum. */
const readExpected = (engine: Engine, reading: Reading) =>
  Effect.gen(function* () {
    const expected = new Map<string, string>();
    /** By the id of what is inside another: its key, and the id of that other. */
    const inside = new Map<string, { readonly key: string; readonly parent: string }>();
    /** Keys of all that is inside another, also of one with the same id. */
    const insideKeys = new Set<string>();
    const unfit = yield* visitDatums(engine.client, reading, (originId, given) => {
      // What was inside the version before, under an id of our making, is gone with that.
      for (const id of derivedChildren(originId)) {
        const before = inside.get(id);
        if (before?.parent !== originId) continue;
        expected.delete(before.key);
        insideKeys.delete(before.key);
        inside.delete(id);
      }
      for (const [index, [id, datum]] of expectedOf(engine.client.model, given).entries()) {
        const key = keyOf(id, datum);
        expected.set(key, printOf(datum));
        if (index === 0) insideKeys.delete(key);
        else insideKeys.add(key);
        if (id === originId) inside.delete(id);
        else inside.set(id, { key, parent: originId });
      }
    });
    return { expected, inside, insideCount: insideKeys.size, unfit };
  });

/** How often each datum is there, and those of other form than expected. */
const compare = async (expected: ReadonlyMap<string, string>, datums: AsyncIterable<unknown>) => {
  const found = new Map<string, number>();
  const suspects = new Map<string, Members>();
  let stored = 0;
  for await (const datum of datums as AsyncIterable<Members>) {
    if (datum["type"] === "upload") continue;
    stored++;
    const key = keyOf((datum["origin"] as Members | undefined)?.["id"] ?? "", datum);
    const before = found.get(key) ?? 0;
    found.set(key, before + 1);
    const print = expected.get(key);
    if (before === 0 && print !== undefined && print !== printOf(datum)) suspects.set(key, comparableForm(datum));
  }
  return { found, suspects, stored };
};

/**
 * What is missing, different or doubled, or has that inside, is no longer taken for unchanged: the next upload sends it, and
 * exactly one copy stays. Where the ledger cannot be written, reading back has gone well all the same.
 */
const reportLedger = (engine: Engine, sessionId: string, originIds: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    if (originIds.length === 0) return;
    const ledger = yield* openLedger(engine, sessionId);
    if (ledger) yield* invalidate(ledger, originIds);
  }).pipe(Effect.scoped, Effect.result);

/**
 * Reads the session back and compares it with a source, datum by datum, as the platform should have stored it.
 *
 * Keeps one fingerprint for each datum in memory, not the datums. Where a source can be read a second time, differences
 * are told member by member.
 */
export const verify = (engine: Engine, source: Source): Effect.Effect<Verification, ClientError> =>
  Effect.gen(function* () {
    requireSource(source);
    const { transport, userId, app } = engine.client;
    const reading = yield* openReading(source);
    const session = yield* findSession(engine);
    if (!session) {
      const message = `There is no session of ${app.name}: upload first.`;
      return yield* Effect.fail(new NotFound({ message }));
    }
    const { expected, inside, insideCount, unfit } = yield* readExpected(engine, reading);
    const readBack = (signal: AbortSignal) =>
      compare(expected, transport.readData(userId, { uploadId: session.uploadId }, { signal }));
    const { found, suspects, stored } = yield* request(engine, readBack, {
      name: "reading the session back",
      repeatable: true,
      // It streams: how long a silence may be is the transport's to say, and how long all of it takes depends on how much it is.
      deadline: Number.POSITIVE_INFINITY
    });
    const pointers = new Map<string, ReadonlyArray<string>>();
    if (suspects.size > 0 && canBeReadAgain(source)) {
      yield* visitDatums(engine.client, yield* openReading(source), (_, given) => {
        for (const [id, datum] of expectedOf(engine.client.model, given)) {
          const key = keyOf(id, datum);
          const suspect = suspects.get(key);
          if (suspect) pointers.set(key, differingMembers(comparableForm(datum), suspect));
        }
      });
    }
    const differences: Array<Difference> = [];
    const report = (key: string, what: Difference["found"]) =>
      differences.push({ originId: key.slice(key.indexOf(" ") + 1), found: what, pointers: pointers.get(key) ?? [] });
    for (const key of expected.keys()) {
      const count = found.get(key) ?? 0;
      if (count !== 1) report(key, count === 0 ? "missing" : "doubled");
      else if (suspects.has(key)) report(key, "different");
    }
    const matched = expected.size - differences.length;
    for (const key of found.keys()) if (!expected.has(key)) report(key, "extra");
    const wrong = differences.filter(({ found: what }) => what !== "extra").map(({ originId }) => originId);
    yield* reportLedger(engine, session.uploadId, [...wrong, ...wrong.flatMap((id) => inside.get(id)?.parent ?? [])]);
    return {
      sessionId: session.uploadId,
      expected: expected.size,
      inside: insideCount,
      unfit,
      matched,
      stored,
      differences
    };
  }).pipe(Effect.scoped, span("verify"));
