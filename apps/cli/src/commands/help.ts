import * as Argument from "effect/cli/Argument";
import type * as Command from "effect/cli/Command";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  words: Argument.String("COMMAND").pipe(
    Argument.withDescription("The command, such as upload or session open"),
    Argument.variadic()
  )
};

/** What `tideway help` is called with. */
export type HelpOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway help`: what stands here is for help and completion; the words are taken for `--help` before they get this far. */
export const helpCommand = defineCommand("help", {
  description: "Says what a command does and which flags it takes; without one, which commands there are.",
  examples: [{ command: "tideway help session open", description: "The same as tideway session open --help" }],
  flags,
  load: async () => (await import("../actions/help.ts")).help
});
