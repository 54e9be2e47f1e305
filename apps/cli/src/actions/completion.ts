import * as Command from "effect/cli/Command";
import * as Completions from "effect/cli/Completions";
import { isPathFlag } from "../arguments/flag.ts";
import { globalFlags } from "../arguments/global-flags.ts";
import type { CompletionOptions } from "../commands/completion.ts";
import type { Outcome } from "../lifecycle/run-command.ts";
import { tideway } from "../tideway.ts";

type Descriptor = Completions.CommandDescriptor;

const path: Completions.ArgumentDescriptor["type"] = { _tag: "Path", pathType: "either" };

/** Arguments with these names are paths; those of other commands are words. */
const pathArguments = new Set(["FILE", "PATH", "DIR"]);

const everywhere = Completions.fromCommand(Command.make("all", { flags: globalFlags.map(({ flag }) => flag) })).flags;

/** The same commands, with file names where a path is wanted, and the flags that all of them take. */
const complete = ({ flags, arguments: args, subcommands, ...rest }: Descriptor): Descriptor => ({
  ...rest,
  flags: [...flags, ...everywhere].map((flag) => (isPathFlag(flag.name) ? { ...flag, type: path } : flag)),
  arguments: args.map((each) => (pathArguments.has(each.name) ? { ...each, type: path } : each)),
  subcommands: subcommands.map(complete)
});

/**
 * A script for a shell. In bash, what the script knows nothing for is completed as a file name. The stock one names a flag of
 * its own to make it with.
 */
export const completion = ({ shell }: CompletionOptions): Promise<Outcome> => {
  const script = Completions.generate("tideway", shell, complete(Completions.fromCommand(tideway)))
    .replaceAll("tideway --completions", "tideway completion")
    .replace(/^complete -F/mu, "complete -o default -F");
  return Promise.resolve({ value: script.split("\n"), result: { shell, script } });
};
