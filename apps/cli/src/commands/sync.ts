import * as Argument from "effect/cli/Argument";
import type * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { flag, path, text } from "../arguments/flag.ts";
import { readingFlags, serverFlags, sessionFlags } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  sources: Argument.String("SOURCE").pipe(
    Argument.withDescription("Address of a Nightscout site, or a file or folder"),
    Argument.atLeast(1)
  ),
  ...serverFlags,
  user: sessionFlags.user,
  app: Flag.String("app").pipe(
    Flag.withMetavar("NAME"),
    Flag.withDescription("The app whose session it is: one that nothing else uploads into"),
    Flag.withDefault("org.tideway.sync")
  ),
  watch: flag("watch", "Go on, with a pass each few minutes, until it is stopped"),
  every: text("every", "TIME", "Time between two passes: 30s, 5m, 2h (default: 5m)"),
  since: text("since", "DATE", "Read nothing of a site that is older"),
  mirror: flag("mirror", "Also delete what the source has deleted, in the time that it still holds"),
  install: flag("install", "Show and write a service that does this in the background (systemd, launchd)"),
  forgetLogin: flag("forget-login", "Delete the kept login of the sites, and do nothing else"),
  ...readingFlags,
  ledger: path("ledger", "FILE", "Where to remember what was sent (default: in XDG_STATE_HOME)"),
  yes: flag("yes", "Do not ask before writing into production, or before writing a service")
};

/** What `tideway sync` is called with. */
export type SyncOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway sync` */
export const syncCommand = defineCommand("sync", {
  description:
    "Keeps a session in step with Nightscout sites, files and folders: reads what is new, late or changed, once or again and again. The login of a site comes from NIGHTSCOUT_TOKEN or NIGHTSCOUT_API_SECRET, or is asked for and kept.",
  examples: [
    { command: "tideway sync https://nightscout.example.org --watch", description: "A site, every five minutes" },
    { command: "tideway sync exports --every 1h --watch", description: "A folder that exports are put into" },
    { command: "tideway sync https://nightscout.example.org --watch --install", description: "In the background" }
  ],
  flags,
  load: async () => (await import("../actions/sync.ts")).sync
});
