import { storedLogin, storePasswordLogin } from "@tideway/transport";
import { loopbackLogin } from "@tideway/transport/node";
import { openTransport, ownApp, requestLog } from "../account/connect.ts";
import { findEmail, findPassword } from "../account/credentials.ts";
import { loginOf, openLoginStore, type LoginStore } from "../account/login-store.ts";
import { openBrowser } from "../account/open-browser.ts";
import { chooseServer, isProduction, type ChosenServer } from "../account/server.ts";
import type { LoginOptions } from "../commands/login.ts";
import { usageError } from "../lifecycle/command-error.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { ask } from "../output/ask.ts";
import { changeProfile, firstProfile } from "../state/configuration.ts";

type Login = ReturnType<typeof loginOf>;

const throughBrowser = async (
  options: LoginOptions,
  server: ChosenServer,
  login: Login,
  clientId: string,
  { output, signal }: CommandContext
) => {
  await loopbackLogin({
    ...login,
    environment: server.environment,
    allowInsecure: server.allowInsecure,
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

const findOrAskEmail = async (
  options: LoginOptions,
  { profile }: ChosenServer,
  { interactive, signal }: CommandContext
): Promise<string> => {
  const email = findEmail(options) ?? profile.account;
  if (email !== undefined) return email;
  if (!interactive) throw usageError("Say who: --email ADDRESS, or --client-id ID to log in through the browser.");
  return (await ask("E-mail: ", { signal })).trim();
};

/** Remembers where somebody has logged in; production only under a name, so that it is never the default. */
const remember = async (server: ChosenServer, account: string | undefined, { output }: CommandContext) => {
  const { name } = server.profile;
  if (name === firstProfile && isProduction(server)) {
    output.say(
      "Production is not remembered as the default: name it with --env production, or log in with --profile NAME."
    );
    return;
  }
  await changeProfile(name, { server: server.key, ...(account === undefined ? {} : { account }) });
  const how = name === firstProfile ? "The other commands" : `Commands with --profile ${name}`;
  output.say(`${how} go there from now on, without ${server.flag.split(" ")[0]}.`);
};

/** Logs in, keeps the login, and remembers where. */
export const login = async (options: LoginOptions, context: CommandContext): Promise<Outcome> => {
  const server = chooseServer(options, context);
  const clientId = options.clientId ?? process.env["TIDEWAY_CLIENT_ID"];
  const { store, whereabouts }: LoginStore = openLoginStore();
  const kept = loginOf(store, server.profile.name);
  // Also the check of the address, before a password is asked for.
  const transport = openTransport(server, storedLogin(kept), context);
  let account: string | undefined;
  if (options.email === undefined && clientId !== undefined && clientId !== "") {
    await throughBrowser(options, server, kept, clientId, context);
  } else {
    account = await findOrAskEmail(options, server, context);
    const password = await findPassword(account, options, context);
    const { environment, allowInsecure } = server;
    await storePasswordLogin({
      ...kept,
      environment,
      allowInsecure,
      app: ownApp,
      email: account,
      password,
      onRequest: requestLog(context)
    });
  }
  const { userId } = await transport.currentUser({ signal: context.signal });
  context.output.say(`Logged in to ${server.key}. The login is kept in ${whereabouts()}.`);
  await remember(server, account, context);
  return { value: [userId], result: { userId, server: server.key, kept: whereabouts() } };
};
