import { dirname, join } from "node:path";
import { createClient, type Client, type Ledger, type OperationOptions, type Transport } from "@tideway/core";
import { createSqliteLedger } from "@tideway/core/node";
import { makePrivateFolder } from "@tideway/transport/node";
import { CommandError } from "./command-error.ts";
import { exitCode } from "./exit-code.ts";
import { stateFolder } from "./folders.ts";
import { duration } from "./in-words.ts";
import type { Output } from "./output.ts";
import type { CommandContext } from "./run-command.ts";
import { version } from "./version.ts";

/** Where the ledger is, unless another place was named. */
export const defaultLedgerPath = (): string => join(stateFolder(), "ledger.sqlite");

/** A ledger in a file, whose folder is made where there is none. Says where a damaged one is put. */
export const openLedger = async (path: string, { warn }: Pick<Output, "warn">): Promise<Ledger> => {
  try {
    await makePrivateFolder(dirname(path));
  } catch (error) {
    throw new CommandError(
      exitCode.failure,
      `What is sent cannot be remembered in ${path}. ${(error as Error).message} Name another place with --ledger FILE or XDG_STATE_HOME.`,
      { cause: error }
    );
  }
  return createSqliteLedger(path, {
    onPutAside: (aside) =>
      warn(
        `tideway: ${path} is damaged, or no memory of what was sent: it is now ${aside}, and everything is sent again.`
      )
  });
};

/** Shorter waits are not worth a word. */
const noticeable = 2000;

/** What operations other than an upload, which has a line of its own, are told: when to stop, and whom to tell why it takes so long. */
export const toldBy = ({ signal, output }: Pick<CommandContext, "signal" | "output">): OperationOptions => ({
  signal,
  onWait: ({ reason, milliseconds }) => {
    if (milliseconds >= noticeable) output.say(`Waiting ${duration(milliseconds / 1000)}: ${reason}`);
  }
});

/** Core's client for this program. */
export const openClient = (options: {
  readonly transport: Transport;
  readonly userId: string;
  readonly client: string;
  readonly ledger?: Ledger;
}): Client => createClient({ ...options, client: { name: options.client, version } });
