import { readingOptions } from "../arguments/reading-options.ts";
import type { InspectOptions } from "../commands/inspect.ts";
import { openDatums } from "../input/datum-source.ts";
import { keepApart, openInput } from "../input/input-file.ts";
import { inspectionLines } from "../inspection/inspection-lines.ts";
import { createInspection } from "../inspection/inspection.ts";
import { writeRedacted } from "../inspection/write-redacted.ts";
import { usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { notesOf } from "../output/note-lines.ts";

/** Reads files and says what is in them. */
export const inspect = async (options: InspectOptions, context: CommandContext): Promise<Outcome> => {
  const { signal } = context;
  const input = await openInput(options.files, signal);
  const { redacted } = options;
  if (redacted !== undefined) {
    if (input.paths === undefined) throw usageError("--redacted needs files: standard input can be read only once.");
    await keepApart(options.files, { "--redacted": redacted });
    await writeRedacted(input.paths, redacted);
    return {
      answer: [`${redacted} holds a sample without its content. Look through it before you post it.`],
      result: { redacted }
    };
  }
  const { source, noted, close } = await openDatums(input, await readingOptions(options, context), signal);
  const inspection = createInspection(Date.now());
  try {
    const { pages } = typeof source === "function" ? source() : source;
    for await (const page of pages) {
      signal.throwIfAborted();
      for (const entry of page) inspection.add(entry);
    }
  } finally {
    await close();
  }
  const result = inspection.result();
  return {
    exitCode: result.refused > 0 ? exitCode.partial : exitCode.success,
    answer: inspectionLines(noted(), result),
    result: { ...notesOf(noted()), ...result }
  };
};
