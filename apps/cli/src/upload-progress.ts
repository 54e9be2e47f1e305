import type { Counts, Progress } from "@tideway/core";
import { duration } from "./in-words.ts";
import type { InputFile } from "./input-file.ts";
import type { Output } from "./output.ts";
import { createProgressLine } from "./progress-line.ts";
import { withoutValues } from "./report-file.ts";

const nothing: Counts = { read: 0, sent: 0, unchanged: 0, rejected: 0, skipped: 0 };

/** Tells what an upload does while it runs: people on stderr, programs by events. */
export const createUploadProgress = (output: Output, input: InputFile) => {
  const animated = process.stderr.isTTY && !process.env["CI"] && process.env["TERM"] !== "dumb";
  const line = createProgressLine({
    write: (text) => {
      if (!output.quiet) process.stderr.write(text);
    },
    columns: animated ? process.stderr.columns || 80 : undefined,
    now: () => performance.now()
  });
  let counts = nothing;
  let newest: string | undefined;

  const draw = (waiting?: string) =>
    line.update({
      counts,
      bytes: input.taken(),
      size: input.size,
      ...(newest === undefined ? {} : { newest }),
      ...(waiting === undefined ? {} : { waiting })
    });

  return {
    onProgress(event: Progress): void {
      if (event.type === "session") {
        output.event(event);
        line.clear();
        output.say(`Session ${event.sessionId}${event.opened ? ", opened now" : ""}.`);
      } else if (event.type === "chunk") {
        counts = event.counts;
        newest = event.newest ?? newest;
        output.event({ ...event, type: "progress", bytesRead: input.taken(), bytesTotal: input.size ?? null });
        draw();
      } else if (event.type === "waiting") {
        output.event(event);
        draw(`waiting ${duration(event.milliseconds / 1000)}: ${event.reason}`);
      } else if (event.type === "rejected") {
        const { outcome, ...rejection } = withoutValues(event.rejection);
        output.event({ type: outcome, ...rejection });
      }
    },
    counts: (): Counts => counts,
    clear: (): void => line.clear()
  };
};
