import * as Effect from "effect/Effect";
import type { SourceFailed } from "../../contract/errors/client-error.ts";
import { prepareEntry } from "../../prepare/prepare-entry.ts";
import type { Refused } from "../../prepare/prepared.ts";
import type { PrepareOptions } from "../../prepare/prepared.ts";
import type { Reading } from "../../source/reading.ts";
import { sourceFailed } from "../../source/source-failed.ts";
import { refuse } from "./refuse.ts";
import type { Reporter } from "./reporter.ts";

/**
 * Reads on to the next page that holds a datum, and leaves that to be taken in; what comes before is told and done with. False where the
 * source ends before: nothing in it needs a session.
 */
export const seekDatum = (
  reading: Reading,
  reporter: Reporter,
  options: PrepareOptions
): Effect.Effect<boolean, SourceFailed> =>
  Effect.gen(function* () {
    for (;;) {
      const { done, value: page } = yield* Effect.tryPromise({ try: () => reading.next(), catch: sourceFailed });
      if (done) return false;
      const refused: Array<Refused> = [];
      for (const [offset, entry] of page.entries()) {
        const prepared = prepareEntry(entry, reading.position + offset, "", options);
        if (!("refusal" in prepared)) return true;
        refused.push(prepared);
      }
      const first = reading.take(page);
      reporter.tally.read(page.length);
      for (const [offset, entry] of page.entries()) refuse(reporter, reading, refused[offset]!, entry, first + offset);
    }
  });
