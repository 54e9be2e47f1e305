import type * as Command from "effect/cli/Command";
import { serverFlags, sessionFlags } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = { ...serverFlags, ...sessionFlags };

/** What `tideway status` is called with. */
export type StatusOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway status` */
export const statusCommand = defineCommand("status", {
  description:
    "Says how things stand: which Tidepool, who is logged in, which sessions there are, what this machine remembers, the last upload, and what is still to be sent or mended.",
  examples: [{ command: "tideway status", description: "How do things stand?" }],
  flags,
  load: async () => (await import("../actions/status.ts")).status
});
