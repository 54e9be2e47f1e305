import * as Command from "effect/cli/Command";
import { commonFlags, commonOptions, filesArgument, readingFlags } from "../arguments/flags.ts";
import { readingOptions } from "../arguments/reading-options.ts";
import { openDatums } from "../input/datum-source.ts";
import { openInput } from "../input/input-file.ts";
import { inspectionLines } from "../inspection/inspection-lines.ts";
import { createInspection } from "../inspection/inspection.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { runCommand, type CommandContext, type Outcome } from "../lifecycle/run-command.ts";
import { notesOf } from "../output/note-lines.ts";

const flags = {
  files: filesArgument("Exports, dumps or datums as JSON, also folders of them; - for standard input"),
  ...readingFlags,
  ...commonFlags
};
type Options = Command.Command.Config.Infer<typeof flags>;

const inspect = async (options: Options, { signal }: CommandContext): Promise<Outcome> => {
  const input = await openInput(options.files, signal);
  const { source, noted, close } = await openDatums(input, await readingOptions(options), signal);
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

/** `tideway inspect FILE...` */
export const inspectCommand = Command.make("inspect", flags, (options) =>
  runCommand(commonOptions(options), (context) => inspect(options, context))
).pipe(
  Command.withDescription(
    "Looks at files without sending anything: format, devices, span, zone, units, counts by kind, time in range, gaps, problems."
  ),
  Command.withExamples([
    {
      command: "tideway inspect Clarity_Export.csv --timezone Europe/Berlin",
      description: "An export of Dexcom Clarity"
    },
    { command: "tideway inspect entries.json treatments.json profile.json", description: "A dump of a Nightscout site" }
  ])
);
