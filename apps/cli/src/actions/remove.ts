import { connect } from "../account/connect.ts";
import { openClient, toldBy } from "../account/open-client.ts";
import type { RemoveOptions } from "../commands/remove.ts";
import { keepApart, openInput, refuseSharedStdin } from "../input/input-file.ts";
import { readIds } from "../input/read-ids.ts";
import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { confirm } from "../output/ask.ts";
import { counted } from "../output/in-words.ts";
import { openLedger } from "../state/open-ledger.ts";

/** Deletes datums by their origin ids, once that was confirmed. */
export const remove = async (options: RemoveOptions, context: CommandContext): Promise<Outcome> => {
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
