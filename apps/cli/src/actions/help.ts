import type * as Command from "effect/cli/Command";
import type { HelpOptions } from "../commands/help.ts";
import { usageError } from "../lifecycle/command-error.ts";
import type { Outcome } from "../lifecycle/run-command.ts";
import { run } from "../run.ts";
import { tideway } from "../tideway.ts";

const subcommand = (command: Command.Command.Any, name: string): Command.Command.Any | undefined =>
  command.subcommands.flatMap(({ commands }) => [...commands]).find((each) => each.name === name);

/** Shows the help of the command that the words name. */
export const help = async ({ words }: HelpOptions): Promise<Outcome> => {
  let command: Command.Command.Any | undefined = tideway;
  for (const word of words) command = command && subcommand(command, word);
  if (command === undefined) {
    throw usageError(`There is no command ${words.join(" ")}. \`tideway help\` lists those that there are.`);
  }
  return { exitCode: await run([...words, "--help"]), result: { command: words.join(" ") } };
};
