import * as Argument from "effect/cli/Argument";
import type * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { flag } from "../arguments/flag.ts";
import { ledgerFlags, serverFlags, sessionFlags } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  folder: Argument.String("DIR").pipe(Argument.withDescription("Folder of an archive that `tideway download` made")),
  ...serverFlags,
  user: sessionFlags.user,
  app: Flag.String("app").pipe(
    Flag.withMetavar("NAME"),
    Flag.withDescription("The app in whose session it is put"),
    Flag.withDefault("org.tideway.restore")
  ),
  dryRun: flag("dry-run", "Check the archive and say what is in it, send nothing").pipe(Flag.withAlias("n")),
  sameAccount: flag("same-account", "Put it into the account that it came from, where it may be there twice then"),
  ledger: ledgerFlags.ledger,
  yes: flag("yes", "Do not ask")
};

/** What `tideway restore` is called with. */
export type RestoreOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway restore` */
export const restoreCommand = defineCommand("restore", {
  description:
    "Puts an archive of `tideway download` into another account, or a sandbox: checks it, says what is in it, asks, uploads it into a session of its own, and reads that back.",
  examples: [
    { command: "tideway restore backup --dry-run", description: "Is it whole, and what is in it?" },
    { command: "tideway restore backup --api http://127.0.0.1:8009", description: "Into a sandbox" }
  ],
  flags,
  load: async () => (await import("../actions/restore.ts")).restore
});
