import * as Argument from "effect/cli/Argument";
import type * as Command from "effect/cli/Command";
import { flag } from "../arguments/flag.ts";
import { serverFlags, sessionFlags, ledgerFlags } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  file: Argument.String("FILE").pipe(Argument.withDescription("Origin ids, one on each line; - for standard input")),
  ...serverFlags,
  ...sessionFlags,
  ...ledgerFlags,
  yes: flag("yes", "Do not ask")
};

/** What `tideway remove` is called with. */
export type RemoveOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway remove` */
export const removeCommand = defineCommand("remove", {
  description: "Deletes datums by their origin ids, and only in the session of this app.",
  examples: [{ command: "tideway remove ids.txt --yes", description: "The datums whose ids the file lists" }],
  flags,
  load: async () => (await import("../actions/remove.ts")).remove
});
