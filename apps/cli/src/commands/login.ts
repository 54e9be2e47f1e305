import type * as Command from "effect/cli/Command";
import { flag, text } from "../arguments/flag.ts";
import { serverFlags } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  ...serverFlags,
  clientId: text(
    "client-id",
    "ID",
    "Log in through the browser, as this registered client (default: TIDEWAY_CLIENT_ID)"
  ),
  issuer: text("issuer", "URL", "The OIDC issuer (default: TIDEWAY_ISSUER, else the one of the environment)"),
  noBrowser: flag("no-browser", "Print the address of the login page only")
};

/** What `tideway login` is called with. */
export type LoginOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway login` */
export const loginCommand = defineCommand("login", {
  description:
    "Logs in and keeps the login for the other commands: with e-mail and password, or through the browser where a client id is given. The password is asked for, or comes from TIDEPOOL_PASSWORD or --password-stdin; it is not kept.",
  examples: [
    {
      command: "tideway login --api http://127.0.0.1:8009",
      description: "At a sandbox; e-mail and password are asked for"
    },
    {
      command: "tideway login --env integration --email ann@example.org",
      description: "At Tidepool's integration environment"
    }
  ],
  flags,
  load: async () => (await import("../actions/login.ts")).login
});
