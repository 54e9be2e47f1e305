import { type Counts, type Progress, isUploadAborted, isUploadStopped } from "@tideway/core";
import type { Input } from "../input/input-file.ts";
import { duration } from "./in-words.ts";
import type { Output } from "./output.ts";
import { createProgressLine } from "./progress-line.ts";
import { withoutValues } from "./report-file.ts";
import { writeStderr } from "./standard-streams.ts";
import type { SoFar } from "./stopped-sentence.ts";

const nothing: Counts = { read: 0, sent: 0, unchanged: 0, rejected: 0, skipped: 0 };

/** Tells what an upload does while it runs: people on stderr, programs by events. */
export const createUploadProgress = (output: Output, input: Input, taken: () => number) => {
  const animated = process.stderr.isTTY && !process.env["CI"] && process.env["TERM"] !== "dumb";
  const line = createProgressLine({
    write: (text) => {
      if (!output.quiet) writeStderr(text);
    },
    columns: animated ? process.stderr.columns || 80 : undefined,
    now: () => performance.now()
  });
  let counts = nothing;
  /** Entries that the upload has taken from the input. */
  let read = 0;
  /** Refused or left out, as they are told of: the counts come with the answers only. */
  const refused = { rejected: 0, skipped: 0 };
  let inSession = false;
  let newest: string | undefined;
  let wait: { readonly reason: string; readonly until: number } | undefined;

  const now = (): Counts => ({ ...counts, ...refused, read });

  const draw = () => {
    const left = wait === undefined ? 0 : wait.until - performance.now();
    line.update({
      counts: now(),
      bytes: taken(),
      size: input.size,
      ...(newest === undefined ? {} : { newest }),
      ...(wait !== undefined && left > 0 ? { waiting: `waiting ${duration(left / 1000)}: ${wait.reason}` } : {})
    });
  };
  // Not only when something was sent: there is reading on, and waiting, in between.
  const timer = setInterval(draw, 250).unref();

  return {
    onProgress(event: Progress): void {
      if (event.type === "session") {
        inSession = true;
        output.event(event);
        line.clear();
        output.say(`Session ${event.sessionId}${event.opened ? ", opened now" : ""}.`);
      } else if (event.type === "chunk") {
        counts = event.counts;
        newest = event.newest;
        wait = undefined;
        output.event({ ...event, type: "progress", bytesRead: taken(), bytesTotal: input.size ?? null });
        draw();
      } else if (event.type === "unchanged") {
        counts = event.counts;
      } else if (event.type === "waiting") {
        output.event(event);
        wait = { reason: event.reason, until: performance.now() + event.milliseconds };
        draw();
      } else if (event.type === "ledger") {
        output.event(event);
        line.clear();
        output.say(event.message);
      } else if (event.type === "rejected") {
        const { outcome, ...rejection } = withoutValues(event.rejection);
        refused[outcome]++;
        output.event({ type: outcome, ...rejection });
      }
    },
    /** The input is read from its start, perhaps once more for another session. */
    onOpen(): void {
      counts = nothing;
      read = 0;
      Object.assign(refused, { rejected: 0, skipped: 0 });
    },
    onPage(entries: number): void {
      read += entries;
    },
    /** How far an upload came that ended with this error: its receipt knows. Without one nobody does, and all under way is in doubt. */
    soFar: (error: unknown): SoFar => {
      if (isUploadAborted(error) || isUploadStopped(error)) return error.receipt;
      const { read: taken, sent, unchanged, rejected, skipped } = now();
      const underWay = Math.max(0, taken - sent - unchanged - rejected - skipped);
      return { sent, unchanged, inDoubt: inSession ? underWay : 0, notSent: inSession ? 0 : underWay };
    },
    /** Takes the line off the screen, for good. */
    end: (): void => {
      clearInterval(timer);
      line.clear();
    }
  };
};
