import { createClient, type Client, type Ledger, type OperationOptions, type Transport } from "@tideway/core";
import type { CommandContext } from "../lifecycle/run-command.ts";
import { duration } from "../output/in-words.ts";
import { version } from "../version.ts";

/** Shorter waits are not worth a word. */
const noticeable = 2000;

/**
 * What operations other than an upload, which has a line of its own, are told: when to stop, how long to wait for another run, in
 * seconds, and whom to tell why it takes so long.
 */
export const toldBy = (
  { signal, output }: Pick<CommandContext, "signal" | "output">,
  wait?: number
): OperationOptions => ({
  signal,
  ...(wait === undefined ? {} : { busyTimeout: 1000 * wait }),
  onWait: ({ reason, milliseconds }) => {
    if (milliseconds >= noticeable) output.say(`Waiting ${duration(milliseconds / 1000)}: ${reason}`);
  }
});

/** Core's client for this program. */
export const openClient = (options: {
  readonly transport: Transport;
  readonly userId: string;
  readonly app: string;
  readonly ledger?: Ledger;
}): Client => createClient({ ...options, app: { name: options.app, version } });
