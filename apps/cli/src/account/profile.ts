import { usageError } from "../lifecycle/command-error.ts";
import { firstProfile, readConfiguration, type Profile } from "../state/configuration.ts";

/** The profile of a command line. */
export interface ChosenProfile extends Profile {
  readonly name: string;
  /** Whether the command line names it: then it comes before the environment. */
  readonly isNamed: boolean;
}

/** No path, no space: it stands in file names and in key rings. */
const profileName = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;

/** Refuses a name that no profile can have. */
export const checkProfileName = (name: string): void => {
  if (profileName.test(name)) return;
  throw usageError(
    "A profile's name is made of letters, digits, dots, dashes and underscores, such as ann-integration."
  );
};

/** The profile that `--profile`, `TIDEWAY_PROFILE` or the configuration names, in this order; else `default`. */
export const chooseProfile = (named: string | undefined): ChosenProfile => {
  const configuration = readConfiguration();
  const fromEnvironment = process.env["TIDEWAY_PROFILE"] || undefined;
  const name = named ?? fromEnvironment ?? configuration.profile ?? firstProfile;
  checkProfileName(name);
  return { ...configuration.profiles[name], name, isNamed: named !== undefined };
};
