import { storedLogin, storedLoginKey } from "@tideway/transport";
import { openTransport } from "../account/connect.ts";
import { loginOf, loginStore } from "../account/login-store.ts";
import { chooseServer } from "../account/server.ts";
import type { LogoutOptions } from "../commands/logout.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";

/** Ends the kept login, and says whether there was one. */
export const logout = async (options: LogoutOptions, context: CommandContext): Promise<Outcome> => {
  const { output, signal } = context;
  const server = chooseServer(options, context);
  const login = loginOf(loginStore(), server.profile.name);
  const transport = openTransport(server, storedLogin(login), context);
  const wasLoggedIn = (await login.store.read(storedLoginKey(transport.server, login.profile))) !== undefined;
  if (wasLoggedIn) await transport.logout({ signal });
  const token = process.env["TIDEPOOL_TOKEN"] ? " TIDEPOOL_TOKEN is still set." : "";
  output.say(`${wasLoggedIn ? `Logged out of ${server.key}.` : `Nobody was logged in at ${server.key}.`}${token}`);
  return { result: { server: server.key, wasLoggedIn } };
};
