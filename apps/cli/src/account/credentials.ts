import { demoUser } from "@tideway/sandbox";
import { fixedToken, passwordLogin, storedLogin, storedLoginKey, type Credentials } from "@tideway/transport";
import { usageError } from "../lifecycle/command-error.ts";
import type { CommandContext } from "../lifecycle/run-command.ts";
import { ask, readFirstLine } from "../output/ask.ts";
import { loginOf, loginStore } from "./login-store.ts";
import { isLoopback, type ChosenServer } from "./server.ts";

/** What the command line says about who it is. */
export interface WhoOptions {
  readonly email: string | undefined;
  readonly passwordStdin: boolean;
}

const fromEnvironment = (name: string): string | undefined => {
  const value = process.env[name];
  return value === "" ? undefined : value;
};

/** The address given by flag or environment. */
export const findEmail = ({ email }: WhoOptions): string | undefined => email ?? fromEnvironment("TIDEPOOL_EMAIL");

/** The password of an address: from standard input, the environment, or the person, in this order; never from a flag. */
export const findPassword = async (
  email: string,
  { passwordStdin }: WhoOptions,
  { interactive, signal }: CommandContext
): Promise<string> => {
  const password = passwordStdin ? await readFirstLine(signal) : fromEnvironment("TIDEPOOL_PASSWORD");
  if (password !== undefined && password !== "") return password;
  if (interactive && !passwordStdin) return ask(`Password of ${email}: `, { hidden: true, signal });
  throw usageError(
    "There is no password: set TIDEPOOL_PASSWORD, pipe it in with --password-stdin, or run this in a terminal to be asked."
  );
};

/**
 * Who this command is, in this order: `--email`, `TIDEPOOL_TOKEN`, `TIDEPOOL_EMAIL`, the login kept by `tideway login`; on
 * this machine, where nobody has logged in, a sandbox's demo user.
 */
export const findCredentials = async (
  server: ChosenServer,
  who: WhoOptions,
  context: CommandContext
): Promise<Credentials> => {
  const token = fromEnvironment("TIDEPOOL_TOKEN");
  if (who.email === undefined && token !== undefined) {
    try {
      return fixedToken(token);
    } catch {
      throw usageError("TIDEPOOL_TOKEN is not a token: it holds a space, a line break or a letter that no token has.");
    }
  }
  const email = findEmail(who);
  if (email !== undefined) return passwordLogin({ email, password: await findPassword(email, who, context) });
  if (who.passwordStdin) throw usageError("--password-stdin needs --email, or TIDEPOOL_EMAIL.");
  const login = loginOf(loginStore(), server.profile.name);
  if (isLoopback(server) && (await login.store.read(storedLoginKey(server.key, login.profile))) === undefined) {
    const { email: address = "", password = "" } = demoUser;
    context.output.say(`Nobody is logged in: using a sandbox's demo user, ${address}.`);
    return passwordLogin({ email: address, password });
  }
  return storedLogin(login);
};
