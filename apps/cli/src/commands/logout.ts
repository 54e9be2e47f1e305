import { storedLogin } from "@tideway/transport";
import * as Command from "effect/cli/Command";
import { openTransport } from "../connect.ts";
import { commonFlags, commonOptions, serverFlags } from "../flags.ts";
import { loginStore } from "../login-store.ts";
import { runCommand, type CommandContext, type Outcome } from "../run-command.ts";
import { chooseServer } from "../server.ts";

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
