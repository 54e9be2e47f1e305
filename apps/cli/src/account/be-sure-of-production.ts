import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext } from "../lifecycle/run-command.ts";
import { confirm } from "../output/ask.ts";
import { isProduction, type ChosenServer } from "./server.ts";

/** Asks before `what` is written into a real health record, unless the command line says yes. Rejects where the answer is no. */
export const beSureOfProduction = async (
  server: ChosenServer,
  what: string,
  yes: boolean,
  { interactive, signal }: Pick<CommandContext, "interactive" | "signal">
): Promise<void> => {
  if (yes || !isProduction(server)) return;
  if (!interactive) throw usageError("This writes into a real health record. Add --yes if that is meant.");
  if (await confirm(`Write ${what} into the production Tidepool, into a real health record?`, signal)) return;
  throw new CommandError(exitCode.failure, "Nothing was sent.");
};
