import type * as Command from "effect/cli/Command";
import { serverFlags } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const { api, env, allowInsecure } = serverFlags;
const flags = { api, env, allowInsecure };

/** What `tideway logout` is called with. */
export type LogoutOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway logout` */
export const logoutCommand = defineCommand("logout", {
  description: "Ends the kept login, at the server and on this machine.",
  examples: [{ command: "tideway logout --api http://127.0.0.1:8009", description: "At a sandbox" }],
  flags,
  load: async () => (await import("../actions/logout.ts")).logout
});
