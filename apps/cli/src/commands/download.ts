import * as Argument from "effect/cli/Argument";
import type * as Command from "effect/cli/Command";
import { choice, flag, text } from "../arguments/flag.ts";
import { serverFlags, sessionFlags } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  folder: Argument.String("DIR").pipe(
    Argument.withDescription("Folder of the archive (default: tideway-archive)"),
    Argument.withDefault("tideway-archive")
  ),
  ...serverFlags,
  user: sessionFlags.user,
  app: text("app", "NAME", "Only the data sets of this app (default: all that may be read)"),
  from: text("from", "DATE", "Nothing before that"),
  to: text("to", "DATE", "Nothing after that"),
  overlap: text("overlap", "TIME", "What is read again of a session: so much before the last download (default: 60d)"),
  all: flag("all", "Read everything again, also what was read before"),
  format: choice(
    "format",
    ["csv", "nightscout"],
    "Also write the data for other programs, into DIR/csv or DIR/nightscout"
  )
};

/** What `tideway download` is called with. */
export type DownloadOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway download` */
export const downloadCommand = defineCommand("download", {
  description:
    "Downloads everything of an account into a folder: NDJSON files with a manifest of counts and hashes, checked. Running it again goes on where it was, and then reads only what may have changed.",
  examples: [
    { command: "tideway download backup", description: "Everything, or what is new since the last time" },
    { command: "tideway download backup --all", description: "Also what other apps may have changed long ago" },
    {
      command: "tideway download 2025 --from 2025-01-01 --to 2025-12-31 --format csv",
      description: "A year, for a spreadsheet"
    }
  ],
  flags,
  load: async () => (await import("../actions/download.ts")).download
});
