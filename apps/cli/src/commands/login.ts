import { storedLogin, storePasswordLogin } from "@tideway/transport";
import { loopbackLogin } from "@tideway/transport/node";
import * as Command from "effect/cli/Command";
import { openTransport, ownApp } from "../account/connect.ts";
import { findEmail, findPassword } from "../account/credentials.ts";
import { loginStore } from "../account/login-store.ts";
import { openBrowser } from "../account/open-browser.ts";
import { chooseServer, type ChosenServer } from "../account/server.ts";
import { commonFlags, commonOptions, flag, serverFlags, text } from "../arguments/flags.ts";
import { usageError } from "../lifecycle/command-error.ts";
import { runCommand, type CommandContext, type Outcome } from "../lifecycle/run-command.ts";
import { ask } from "../output/ask.ts";

const flags = {
  ...serverFlags,
  clientId: text(
    "client-id",
    "ID",
    "Log in through the browser, as this registered client (default: TIDEWAY_CLIENT_ID)"
  ),
  issuer: text("issuer", "URL", "The OIDC issuer (default: TIDEWAY_ISSUER, else the one of the environment)"),
  noBrowser: flag("no-browser", "Print the address of the login page only"),
  ...commonFlags
};
type Options = Command.Command.Config.Infer<typeof flags>;

const throughBrowser = async (options: Options, server: ChosenServer, clientId: string, context: CommandContext) => {
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

const findOrAskEmail = async (options: Options, { interactive, signal }: CommandContext): Promise<string> => {
  const email = findEmail(options);
  if (email !== undefined) return email;
  if (!interactive) throw usageError("Say who: --email ADDRESS, or --client-id ID to log in through the browser.");
  return (await ask("E-mail: ", { signal })).trim();
};

const login = async (options: Options, context: CommandContext): Promise<Outcome> => {
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
  return { answer: [userId], result: { userId, server: server.key } };
};

/** `tideway login` */
export const loginCommand = Command.make("login", flags, (options) =>
  runCommand(commonOptions(options), (context) => login(options, context))
).pipe(
  Command.withDescription(
    "Logs in and keeps the login for the other commands: with e-mail and password, or through the browser where a client id is given. The password is asked for, or comes from TIDEPOOL_PASSWORD or --password-stdin; it is not kept."
  )
);
