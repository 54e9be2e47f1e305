import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import { connect } from "../account/connect.ts";
import { openClient, toldBy } from "../account/open-client.ts";
import { commonFlags, commonOptions, flag, ledgerFlags, serverFlags, sessionFlags } from "../arguments/flags.ts";
import { keepApart, openInput, refuseSharedStdin } from "../input/input-file.ts";
import { readIds } from "../input/read-ids.ts";
import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { runCommand, type CommandContext, type Outcome } from "../lifecycle/run-command.ts";
import { confirm } from "../output/ask.ts";
import { counted } from "../output/in-words.ts";
import { openLedger } from "../state/open-ledger.ts";

const flags = {
  file: Argument.String("FILE").pipe(Argument.withDescription("Origin ids, one on each line; - for standard input")),
  ...serverFlags,
  ...sessionFlags,
  ...ledgerFlags,
  yes: flag("yes", "Do not ask"),
  ...commonFlags
};
type Options = Command.Command.Config.Infer<typeof flags>;

const remove = async (options: Options, context: CommandContext): Promise<Outcome> => {
  const { signal, interactive, output } = context;
  refuseSharedStdin({ ...options, files: [options.file] }, "ids");
  await keepApart([options.file], { "--ledger": options.ledger });
  const ids = await readIds(await openInput([options.file], signal));
  const { server, transport, userId } = await connect(options, "upload", context);
  const what = `${counted(ids.length, "datum")} from the session of ${options.app} at ${server.key}`;
  if (!options.yes && !interactive) throw usageError(`This deletes ${what}. Add --yes if that is meant.`);
  if (!options.yes && !(await confirm(`Delete ${what}?`, signal))) {
    throw new CommandError(exitCode.failure, "Nothing was deleted.");
  }
  // What is deleted must not be taken for unchanged by the next upload.
  const ledger = await openLedger(options.ledger, output);
  const client = openClient({ transport, userId, app: options.app, ledger });
  const asked = await client.remove(ids, toldBy(context, options.wait));
  return { answer: [`Asked Tidepool to delete ${counted(asked, "datum")}.`], result: { asked } };
};

/** `tideway remove FILE` */
export const removeCommand = Command.make("remove", flags, (options) =>
  runCommand(commonOptions({ ...options, files: [options.file] }), (context) => remove(options, context))
).pipe(Command.withDescription("Deletes datums by their origin ids, and only in the session of this app."));
