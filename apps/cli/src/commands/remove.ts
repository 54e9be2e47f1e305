import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { longestInOrigin } from "@tideway/schemas";
import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import { confirm } from "../ask.ts";
import { CommandError, usageError } from "../command-error.ts";
import { connect } from "../connect.ts";
import { exitCode } from "../exit-code.ts";
import { commonFlags, commonOptions, flag, serverFlags, sessionFlags, text } from "../flags.ts";
import { counted } from "../in-words.ts";
import { keepInput, openInput, refuseSharedStdin } from "../input-file.ts";
import { defaultLedgerPath, openClient, openLedger, toldBy } from "../open-client.ts";
import { runCommand, type CommandContext, type Outcome } from "../run-command.ts";

const flags = {
  file: Argument.String("FILE").pipe(Argument.withDescription("Origin ids, one on each line; - for standard input")),
  ...serverFlags,
  ...sessionFlags,
  noLedger: flag("no-ledger", "Leave the memory of what was sent alone"),
  ledger: text("ledger", "FILE", "The memory of what was sent (default: in XDG_STATE_HOME)"),
  yes: flag("yes", "Do not ask"),
  ...commonFlags
};
type Options = Command.Command.Config.Infer<typeof flags>;

const readIds = async (path: string): Promise<ReadonlyArray<string>> => {
  const input = await openInput(path);
  const ids = new Set<string>();
  let number = 0;
  for await (const line of createInterface({ input: Readable.from(input.open().bytes) })) {
    number++;
    const id = line.trim();
    // One that no datum can have makes the platform fail (500) for the whole request.
    if ([...id].length > longestInOrigin) {
      throw new CommandError(
        exitCode.input,
        `Line ${number} of ${input.name} is no origin id: it is longer than ${longestInOrigin} characters. Nothing was deleted.`
      );
    }
    if (id !== "") ids.add(id);
  }
  if (ids.size > 0) return [...ids];
  throw new CommandError(exitCode.input, `There is no origin id in ${input.name}: one is expected on each line.`);
};

const remove = async (options: Options, context: CommandContext): Promise<Outcome> => {
  const { signal, interactive, output } = context;
  refuseSharedStdin(options, "ids");
  await keepInput(options.file, { "--ledger": options.ledger });
  const ids = await readIds(options.file);
  const { server, transport, userId } = await connect(options, "upload", context);
  const what = `${counted(ids.length, "datum")} from the session of ${options.client} at ${server.key}`;
  if (!options.yes && !interactive) throw usageError(`This deletes ${what}. Add --yes if that is meant.`);
  if (!options.yes && !(await confirm(`Delete ${what}?`, signal))) {
    throw new CommandError(exitCode.failure, "Nothing was deleted.");
  }
  const ledger = options.noLedger ? undefined : await openLedger(options.ledger ?? defaultLedgerPath(), output);
  const client = openClient({ transport, userId, client: options.client, ...(ledger ? { ledger } : {}) });
  const asked = await client.remove(ids, toldBy(context));
  return { answer: [`Asked Tidepool to delete ${counted(asked, "datum")}.`], result: { asked } };
};

/** `tideway remove FILE` */
export const removeCommand = Command.make("remove", flags, (options) =>
  runCommand(commonOptions(options), (context) => remove(options, context))
).pipe(Command.withDescription("Deletes datums by their origin ids, and only in the session of this client name."));
