import { openTransport } from "../account/connect.ts";
import { findCredentials } from "../account/credentials.ts";
import { chooseServer } from "../account/server.ts";
import type { WhoamiOptions } from "../commands/whoami.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";

/** Says who is logged in. */
export const whoami = async (options: WhoamiOptions, context: CommandContext): Promise<Outcome> => {
  const server = chooseServer(options, context);
  const transport = openTransport(server, await findCredentials(server, options, context), context);
  const { userId, email } = await transport.currentUser({ signal: context.signal });
  if (email !== undefined) context.output.say(`${email} at ${server.key}`);
  return { value: [userId], result: { userId, email: email ?? null, server: server.key } };
};
