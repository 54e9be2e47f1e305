import type * as Command from "effect/cli/Command";
import { path } from "../arguments/flag.ts";
import { readingFlags, filesArgument } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  files: filesArgument("Exports, dumps or datums as JSON, also folders of them; - for standard input"),
  redacted: path(
    "redacted",
    "FILE",
    "Instead, write the first lines with their shape and other content, to post with a bug report"
  ),
  ...readingFlags
};

/** What `tideway inspect` is called with. */
export type InspectOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway inspect` */
export const inspectCommand = defineCommand("inspect", {
  description:
    "Looks at files without sending anything: format, devices, span, zone, units, counts by kind, time in range, gaps, problems.",
  examples: [
    {
      command: "tideway inspect Clarity_Export.csv --timezone Europe/Berlin",
      description: "An export of Dexcom Clarity"
    },
    {
      command: "tideway inspect Clarity_Export.csv --redacted sample.csv",
      description: "A sample without names, amounts and days, for a bug report: look through it before you post it"
    },
    { command: "tideway inspect entries.json treatments.json profile.json", description: "A dump of a Nightscout site" }
  ],
  flags,
  load: async () => (await import("../actions/inspect.ts")).inspect
});
