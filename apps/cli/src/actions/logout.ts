import { storedLogin } from "@tideway/transport";
import { openTransport } from "../account/connect.ts";
import { loginStore } from "../account/login-store.ts";
import { chooseServer } from "../account/server.ts";
import type { LogoutOptions } from "../commands/logout.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";

/** Ends the kept login. */
export const logout = async (options: LogoutOptions, { output, signal }: CommandContext): Promise<Outcome> => {
  const server = chooseServer(options);
  await openTransport(server, storedLogin({ store: loginStore() })).logout({ signal });
  output.say(`Logged out of ${server.key}.`);
  return { result: { server: server.key } };
};
