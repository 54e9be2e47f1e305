import { storedLogin, storePasswordLogin } from "@tideway/transport";
import { loopbackLogin } from "@tideway/transport/node";
import { openTransport, ownApp } from "../account/connect.ts";
import { findEmail, findPassword } from "../account/credentials.ts";
import { loginStore } from "../account/login-store.ts";
import { openBrowser } from "../account/open-browser.ts";
import { chooseServer, type ChosenServer } from "../account/server.ts";
import type { LoginOptions } from "../commands/login.ts";
import { usageError } from "../lifecycle/command-error.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { ask } from "../output/ask.ts";

const throughBrowser = async (
  options: LoginOptions,
  server: ChosenServer,
  clientId: string,
  context: CommandContext
) => {
  const { output, signal } = context;
  await loopbackLogin({
    environment: server.environment,
    allowInsecure: server.allowInsecure,
    store: loginStore(),
    app: ownApp,
    clientId,
    signal,
    issuer: options.issuer ?? process.env["TIDEWAY_ISSUER"],
    openBrowser: (url) => {
      output.event({ type: "authorization_required", url });
      output.warn("Log in on this page:", "", `  ${url}`, "");
      if (!options.noBrowser) openBrowser(url);
    }
  });
};

const findOrAskEmail = async (options: LoginOptions, { interactive, signal }: CommandContext): Promise<string> => {
  const email = findEmail(options);
  if (email !== undefined) return email;
  if (!interactive) throw usageError("Say who: --email ADDRESS, or --client-id ID to log in through the browser.");
  return (await ask("E-mail: ", { signal })).trim();
};

/** Logs in, and keeps the login. */
export const login = async (options: LoginOptions, context: CommandContext): Promise<Outcome> => {
  const server = chooseServer(options);
  const clientId = options.clientId ?? process.env["TIDEWAY_CLIENT_ID"];
  const store = loginStore();
  // Also the check of the address, before a password is asked for.
  const transport = openTransport(server, storedLogin({ store }));
  if (options.email === undefined && clientId !== undefined && clientId !== "") {
    await throughBrowser(options, server, clientId, context);
  } else {
    const email = await findOrAskEmail(options, context);
    const password = await findPassword(email, options, context);
    const { environment, allowInsecure } = server;
    await storePasswordLogin({ environment, allowInsecure, app: ownApp, store, email, password });
  }
  const { userId } = await transport.currentUser({ signal: context.signal });
  context.output.say(`Logged in to ${server.key}. The login is kept in ${store.place}.`);
  return { value: [userId], result: { userId, server: server.key } };
};
