import * as Effect from "effect/Effect";
import type { ClientError } from "../client-error.ts";
import type { Engine } from "../engine/engine.ts";
import { request } from "../engine/request.ts";
import type { Entry, Source } from "../entry.ts";
import { NotFound } from "../errors.ts";
import { findSession } from "../session/ensure.ts";
import { span } from "../telling.ts";
import { jsonOf } from "../upload/item.ts";
import { canBeReadAgain, pagesOf, sourceFailed } from "../upload/pages.ts";
import { prepare, prepareOptionsOf, writtenOf } from "../upload/prepare.ts";
import type { Difference, Verification } from "../verification.ts";
import { differingMembers } from "./differing-members.ts";
import { essence, expectedOf, printOf } from "./expected.ts";

type Members = Readonly<Record<string, unknown>>;

const readSource = (
  engine: Engine,
  source: Source,
  visit: (originId: string, stored: Members) => void,
  refuse: () => void = () => {}
): Effect.Effect<void, ClientError> => {
  const { client } = engine;
  const options = prepareOptionsOf(client);
  const take = (entry: Entry) => {
    const prepared = "problem" in entry ? { refusal: entry.problem } : prepare(writtenOf(entry), 0, "", options);
    if ("refusal" in prepared) {
      if (prepared.refusal.outcome === "rejected") refuse();
      return;
    }
    for (const [id, stored] of expectedOf(client.model, JSON.parse(jsonOf(prepared)) as Members)) visit(id, stored);
  };
  return Effect.tryPromise({
    try: async () => {
      for await (const page of pagesOf(source)) for (const entry of page) take(entry);
    },
    catch: sourceFailed
  });
};

/** How often each origin id was found, and in what form. */
class Comparison {
  readonly expected = new Map<string, string>();
  private readonly found = new Map<string, number>();
  readonly suspects = new Map<string, Members>();
  readonly extra = new Set<string>();
  matched = 0;
  stored = 0;

  see(datum: Members) {
    if (datum["type"] === "upload") return;
    this.stored++;
    const id = String((datum["origin"] as Members | undefined)?.["id"] ?? "");
    const count = (this.found.get(id) ?? 0) + 1;
    this.found.set(id, count);
    const print = this.expected.get(id);
    if (print === undefined) this.extra.add(id);
    else if (count === 1 && print === printOf(datum)) this.matched++;
    else if (count === 1) this.suspects.set(id, essence(datum));
    else if (count === 2 && !this.suspects.has(id)) this.matched--;
  }

  differences(pointers: ReadonlyMap<string, ReadonlyArray<string>>): ReadonlyArray<Difference> {
    const differences: Array<Difference> = [];
    for (const originId of this.expected.keys()) {
      const count = this.found.get(originId) ?? 0;
      if (count === 0) differences.push({ originId, found: "missing", pointers: [] });
      else if (count > 1) differences.push({ originId, found: "doubled", pointers: [] });
      else if (this.suspects.has(originId)) {
        differences.push({ originId, found: "different", pointers: pointers.get(originId) ?? [] });
      }
    }
    for (const originId of this.extra) differences.push({ originId, found: "extra", pointers: [] });
    return differences;
  }
}

/**
 * Reads the session back and compares it with a source, datum by datum, as the platform should have stored it.
 *
 * Keeps one fingerprint for each datum in memory, not the datums. Where a source can be read a second time, differences
 * are told member by member.
 */
export const verify = (engine: Engine, source: Source): Effect.Effect<Verification, ClientError> =>
  Effect.gen(function* () {
    const { transport, userId, client } = engine.client;
    const session = yield* findSession(engine);
    if (!session) {
      const message = `There is no session of ${client.name} to compare with: upload first.`;
      return yield* Effect.fail(new NotFound({ message }));
    }
    const expected = new Map<string, string>();
    let unfit = 0;
    yield* readSource(
      engine,
      source,
      (id, stored) => expected.set(id, printOf(stored)),
      () => unfit++
    );
    const readBack = async (signal: AbortSignal) => {
      const comparison = new Comparison();
      for (const [id, print] of expected) comparison.expected.set(id, print);
      for await (const datum of transport.readData(userId, { uploadId: session.uploadId }, { signal })) {
        comparison.see(datum as unknown as Members);
      }
      return comparison;
    };
    const comparison = yield* request(engine, readBack, {
      name: "reading the session back",
      repeatable: true,
      // It streams: how long a silence may be is the transport's to say, and how long all of it takes depends on how much it is.
      deadline: Number.POSITIVE_INFINITY
    });
    const pointers = new Map<string, ReadonlyArray<string>>();
    if (comparison.suspects.size > 0 && canBeReadAgain(source)) {
      yield* readSource(engine, source, (id, stored) => {
        const found = comparison.suspects.get(id);
        if (found) pointers.set(id, differingMembers(essence(stored), found));
      });
    }
    return {
      sessionId: session.uploadId,
      expected: expected.size,
      unfit,
      matched: comparison.matched,
      stored: comparison.stored,
      differences: comparison.differences(pointers)
    };
  }).pipe(span("verify"));
