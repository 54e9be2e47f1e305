import * as Command from "effect/cli/Command";
import { openTransport } from "../account/connect.ts";
import { findCredentials } from "../account/credentials.ts";
import { chooseServer } from "../account/server.ts";
import { commonFlags, commonOptions, serverFlags } from "../arguments/flags.ts";
import { runCommand, type CommandContext, type Outcome } from "../lifecycle/run-command.ts";

const flags = { ...serverFlags, ...commonFlags };
type Options = Command.Command.Config.Infer<typeof flags>;

const whoami = async (options: Options, context: CommandContext): Promise<Outcome> => {
  const server = chooseServer(options);
  const transport = openTransport(server, await findCredentials(server, options, context));
  const { userId, email } = await transport.currentUser({ signal: context.signal });
  if (email !== undefined) context.output.say(`${email} at ${server.key}`);
  return { answer: [userId], result: { userId, email: email ?? null, server: server.key } };
};

/** `tideway whoami` */
export const whoamiCommand = Command.make("whoami", flags, (options) =>
  runCommand(commonOptions(options), (context) => whoami(options, context))
).pipe(Command.withDescription("Prints the id of the user who is logged in."));
