import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import type { ModelledOptions } from "../contract/client.ts";
import type { Entry, Source } from "../contract/entry.ts";
import type { ClientError, SourceFailed } from "../contract/errors/client-error.ts";
import { jsonOf } from "../contract/item.ts";
import { Reading } from "../source/reading.ts";
import { sourceFailed } from "../source/source-failed.ts";
import { prepareEntry } from "./prepare-entry.ts";
import { prepareOptionsOf } from "./prepare.ts";

type Members = Readonly<Record<string, unknown>>;

/** A source as it is being read, which is let go of at the end of the scope. */
export const openReading = (source: Source): Effect.Effect<Reading, SourceFailed, Scope.Scope> =>
  Effect.acquireRelease(Effect.try({ try: () => new Reading(source), catch: sourceFailed }), (reading) =>
    Effect.sync(() => reading.stop())
  );

/**
 * Reads a source to its end and shows every datum that would be sent, as it would be sent. Gives the number of records that are
 * unreadable or would be refused.
 */
export const visitDatums = (
  client: ModelledOptions,
  reading: Reading,
  visit: (originId: string, datum: Members) => void
): Effect.Effect<number, ClientError> => {
  const options = prepareOptionsOf(client);
  const isUnfit = (entry: Entry): boolean => {
    const prepared = prepareEntry(entry, 0, "", options);
    if ("refusal" in prepared) return prepared.refusal.outcome === "rejected";
    visit(prepared.originId, JSON.parse(jsonOf(prepared)) as Members);
    return false;
  };
  return Effect.tryPromise({
    try: async () => {
      let unfit = 0;
      for (;;) {
        const { done, value: page } = await reading.next();
        if (done) return unfit;
        reading.take(page);
        for (const entry of page) if (isUnfit(entry)) unfit++;
      }
    },
    catch: sourceFailed
  });
};
