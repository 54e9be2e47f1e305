import * as Argument from "effect/cli/Argument";
import type * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { flag, text } from "../arguments/flag.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  file: Argument.String("FILE").pipe(
    Argument.withDescription("Where to write it; - for standard output (default: sample.ndjson)"),
    Argument.withDefault("sample.ndjson")
  ),
  days: Flag.Int("days").pipe(
    Flag.withMetavar("N"),
    Flag.withDescription("Days of data, 1 to 3,650 (default: 14)"),
    Flag.withDefault(14)
  ),
  seed: text("seed", "WORD", "Whose data it is: another word, another invented person"),
  force: flag("force", "Write over a file that is there").pipe(Flag.withAlias("f"))
};

/** What `tideway sample` is called with. */
export type SampleOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway sample` */
export const sampleCommand = defineCommand("sample", {
  description:
    "Writes a file to try things with: sensor readings, boluses, basal rates and meals of an invented person, as datums, one a line.",
  examples: [
    { command: "tideway sample", description: "sample.ndjson, with two weeks of data" },
    { command: "tideway sample - --days 1 | head -3", description: "To look at" }
  ],
  flags,
  load: async () => (await import("../actions/sample.ts")).sample
});
