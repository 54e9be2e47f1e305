import * as Command from "effect/cli/Command";
import * as Effect from "effect/Effect";
import { globalOptions } from "../arguments/global-flags.ts";
import { runCommand, type CommandContext, type Outcome } from "./run-command.ts";

/** What a command does with its options. */
export type Action<Options> = (options: Options, context: CommandContext) => Promise<Outcome>;

/** What there is to say of a command before it runs. */
export interface Definition<Flags extends Command.Command.Config> {
  readonly description: string;
  /** Command lines with what they are for: help shows them, and tests run them. */
  readonly examples: ReadonlyArray<{ readonly command: string; readonly description: string }>;
  readonly flags: Flags;
  /** Loads what it does, once it was chosen: a command line that needs little starts sooner. */
  readonly load: () => Promise<Action<Command.Command.Config.Infer<Flags>>>;
}

/** Whoever gives the data by standard input cannot answer there. */
const takesStandardInput = (options: unknown): boolean =>
  Object.values(options as object)
    .flat()
    .includes("-");

/** A command of `tideway`: what can be typed, what help says of it, and where to find what it does. */
export const defineCommand = <const Flags extends Command.Command.Config>(
  name: string,
  { description, examples, flags, load }: Definition<Flags>
) =>
  Command.make(name, flags, (options) =>
    Effect.gen(function* () {
      const { noInput, ...global } = yield* globalOptions;
      const input = !noInput && !takesStandardInput(options);
      return yield* runCommand({ ...global, input }, async (context) => (await load())(options, context));
    })
  ).pipe(Command.withDescription(description), Command.withExamples(examples));
