import { storedLogin } from "@tideway/transport";
import * as Command from "effect/cli/Command";
import { openTransport } from "../account/connect.ts";
import { loginStore } from "../account/login-store.ts";
import { chooseServer } from "../account/server.ts";
import { commonFlags, commonOptions, serverFlags } from "../arguments/flags.ts";
import { runCommand, type CommandContext, type Outcome } from "../lifecycle/run-command.ts";

const { api, env, allowInsecure } = serverFlags;
const flags = { api, env, allowInsecure, ...commonFlags };
type Options = Command.Command.Config.Infer<typeof flags>;

const logout = async (options: Options, { output, signal }: CommandContext): Promise<Outcome> => {
  const server = chooseServer(options);
  await openTransport(server, storedLogin({ store: loginStore() })).logout({ signal });
  output.say(`Logged out of ${server.key}.`);
  return { answer: [], result: { server: server.key } };
};

/** `tideway logout` */
export const logoutCommand = Command.make("logout", flags, (options) =>
  runCommand(commonOptions(options), (context) => logout(options, context))
).pipe(Command.withDescription("Ends the kept login, at the server and on this machine."));
