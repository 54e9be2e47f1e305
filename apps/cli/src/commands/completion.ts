import * as Argument from "effect/cli/Argument";
import type * as Command from "effect/cli/Command";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  shell: Argument.Literals("SHELL", ["bash", "zsh", "fish", "powershell"]).pipe(Argument.withDescription("Your shell"))
};

/** What `tideway completion` is called with. */
export type CompletionOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway completion` */
export const completionCommand = defineCommand("completion", {
  description: "Prints a script that completes commands, flags and file names in your shell.",
  examples: [
    { command: "tideway completion bash >> ~/.bashrc", description: "In every bash that you open from now on" },
    { command: "tideway completion zsh > ~/.zfunc/_tideway", description: "In zsh, with ~/.zfunc in fpath" },
    {
      command: "tideway completion fish > ~/.config/fish/completions/tideway.fish",
      description: "In every fish"
    },
    { command: "tideway completion powershell >> $PROFILE", description: "In PowerShell" }
  ],
  flags,
  load: async () => (await import("../actions/completion.ts")).completion
});
