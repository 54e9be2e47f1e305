import type * as Command from "effect/cli/Command";
import { flag } from "../arguments/flag.ts";
import { serverFlags, sessionFlags, readingFlags, ledgerFlags, filesArgument } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  files: filesArgument("The files that were uploaded; - for standard input"),
  ...serverFlags,
  ...sessionFlags,
  ...readingFlags,
  ...ledgerFlags,
  exact: flag("exact", "Also fail for what is in the session and not in the file")
};

/** What `tideway verify` is called with. */
export type VerifyOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway verify` */
export const verifyCommand = defineCommand("verify", {
  description: "Reads the session back and compares it with a file, datum by datum. Changes nothing.",
  examples: [
    { command: "tideway verify export.json", description: "Is all of it there, and unchanged?" },
    { command: "tideway verify export.json --exact", description: "And nothing else?" }
  ],
  flags,
  load: async () => (await import("../actions/verify.ts")).verify
});
