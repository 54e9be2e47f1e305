import * as Argument from "effect/cli/Argument";
import type * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { filled, flag, text } from "../arguments/flag.ts";
import { ledgerFlags, readingFlags, serverFlags, sessionFlags } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  files: Argument.String("FILE").pipe(
    Argument.withDescription("What was uploaded, or a list of origin ids, one on each line; - for standard input"),
    Argument.variadic()
  ),
  ids: filled("id", "ID", "The datum with this origin id; may be given several times").pipe(Flag.atLeast(0)),
  from: text("from", "DAY", "What is of this day or later: 2026-03-01"),
  to: text("to", "DAY", "What is of this day or earlier"),
  dryRun: flag("dry-run", "Show what would be deleted, delete nothing").pipe(Flag.withAlias("n")),
  ...serverFlags,
  ...sessionFlags,
  ...readingFlags,
  ...ledgerFlags,
  yes: flag("yes", "Do not ask").pipe(Flag.withAlias("y"))
};

/** What `tideway remove` is called with. */
export type RemoveOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway remove` */
export const removeCommand = defineCommand("remove", {
  description:
    "Deletes datums from the session of this app: those that a file uploaded, those with some origin ids, or those of some days. Files and ids together with days mean what is of both. It shows what that is, and asks.",
  examples: [
    {
      command: "tideway remove sample.ndjson --dry-run",
      description: "What would go, if what this file uploaded went?"
    },
    { command: "tideway remove sample.ndjson", description: "That, once you have said yes" },
    { command: "tideway remove --from 2026-03-01 --to 2026-03-07 --yes", description: "A week, without a question" },
    { command: "tideway remove --id cbg-2026-03-01T08:00:00Z", description: "One datum" }
  ],
  flags,
  load: async () => (await import("../actions/remove.ts")).remove
});
