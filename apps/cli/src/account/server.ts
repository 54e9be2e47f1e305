import { environmentNames, type Environment, type EnvironmentName } from "@tideway/transport";
import { usageError } from "../lifecycle/command-error.ts";
import type { CommandContext } from "../lifecycle/run-command.ts";
import { firstProfile } from "../state/configuration.ts";
import { chooseProfile, type ChosenProfile } from "./profile.ts";

/** What the command line says about the server. */
export interface ServerOptions {
  readonly api: string | undefined;
  readonly env: EnvironmentName | undefined;
  readonly allowInsecure: boolean;
}

/** The Tidepool that was chosen. */
export interface ChosenServer {
  readonly environment: Environment;
  /** Its name, or the address that was given. */
  readonly key: string;
  /** How to choose it on the command line. */
  readonly flag: string;
  /** Whether plain http is taken for hosts other than this machine. */
  readonly allowInsecure: boolean;
  /** What else is remembered for it. */
  readonly profile: ChosenProfile;
}

const isEnvironmentName = (text: string): text is EnvironmentName =>
  (environmentNames as ReadonlyArray<string>).includes(text);

type Found = Omit<ChosenServer, "allowInsecure" | "profile">;

const named = (env: EnvironmentName): Found => ({ environment: env, key: env, flag: `--env ${env}` });

const addressed = (api: string): Found => {
  if (isEnvironmentName(api)) return named(api);
  // Written one way, as the transport does: a login is looked up by it.
  const url = URL.canParse(api) ? new URL(api) : undefined;
  const address = url === undefined ? api : (url.origin + url.pathname).replace(/\/+$/u, "");
  return { environment: address, key: address, flag: `--api ${address}` };
};

const find = ({ api, env }: ServerOptions, profile: ChosenProfile): Found => {
  if (api !== undefined && env !== undefined) throw usageError("Give --api or --env, not both.");
  if (api !== undefined) return addressed(api);
  if (env !== undefined) return named(env);
  if (profile.isNamed && profile.server !== undefined) return addressed(profile.server);
  const fromApi = process.env["TIDEWAY_API"];
  if (fromApi !== undefined && fromApi !== "") return addressed(fromApi);
  const fromEnv = process.env["TIDEWAY_ENV"] ?? "";
  if (isEnvironmentName(fromEnv)) return named(fromEnv);
  if (fromEnv !== "") throw usageError(`TIDEWAY_ENV has to be one of ${environmentNames.join(", ")}.`);
  if (profile.server !== undefined) {
    // Whoever writes into real health records has said so on this command line.
    if (profile.name !== firstProfile || !isProduction({ environment: profile.server })) {
      return addressed(profile.server);
    }
  }
  throw usageError(
    "Say which Tidepool: --api http://127.0.0.1:8009 for a sandbox that `tideway sandbox` started, or --env integration or --env production for Tidepool's own. `tideway login` with one of them remembers it."
  );
};

/**
 * Which Tidepool: flags first, then `TIDEWAY_API`, then `TIDEWAY_ENV`, then what the profile remembers. There is no default on
 * purpose: a wrong guess would write into somebody's health record.
 */
export const chooseServer = (options: ServerOptions, context: Pick<CommandContext, "profile">): ChosenServer => {
  const profile = chooseProfile(context.profile);
  return { ...find(options, profile), allowInsecure: options.allowInsecure, profile };
};

/** Whether real people's health records are there. */
export const isProduction = ({ environment }: Pick<ChosenServer, "environment">): boolean =>
  environment === "production" ||
  (typeof environment === "string" && /^https:\/\/(?:api|app)\.tidepool\.org(?:[:/]|$)/u.test(environment));

/** Whether it is on this machine. */
export const isLoopback = ({ environment }: Pick<ChosenServer, "environment">): boolean =>
  typeof environment === "string" && /^http:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])(?:[:/]|$)/u.test(environment);
