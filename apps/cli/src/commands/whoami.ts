import type * as Command from "effect/cli/Command";
import { serverFlags } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = { ...serverFlags };

/** What `tideway whoami` is called with. */
export type WhoamiOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway whoami` */
export const whoamiCommand = defineCommand("whoami", {
  description: "Prints the id of the user who is logged in.",
  examples: [{ command: "tideway whoami --json", description: "For a program" }],
  flags,
  load: async () => (await import("../actions/whoami.ts")).whoami
});
