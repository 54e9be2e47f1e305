import { homedir, userInfo } from "node:os";
import { isAbsolute, join } from "node:path";
import { CommandError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";

const absolute = (find: () => string): string | undefined => {
  try {
    const folder = find();
    return isAbsolute(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
};

/** `HOME`, unless it is empty or relative: then what the system knows of the user, never the current folder. */
const home = (variable: string): string => {
  const folder = absolute(homedir) ?? absolute(() => userInfo().homedir);
  if (folder !== undefined) return folder;
  throw new CommandError(
    exitCode.failure,
    `There is no home folder to keep anything in: set HOME or ${variable} to the absolute path of a folder.`
  );
};

const under = (variable: string, ...fallback: ReadonlyArray<string>): string => {
  const folder = process.env[variable];
  // The XDG rules: a relative path is to be ignored.
  return join(folder !== undefined && isAbsolute(folder) ? folder : join(home(variable), ...fallback), "tideway");
};

/** What sessions are known to hold: may be deleted, which costs time and nothing else. */
export const stateFolder = (): string =>
  process.platform === "win32" ? under("LOCALAPPDATA", "AppData", "Local") : under("XDG_STATE_HOME", ".local", "state");

/** Logins. */
export const configFolder = (): string =>
  process.platform === "win32" ? under("APPDATA", "AppData", "Roaming") : under("XDG_CONFIG_HOME", ".config");

/** The sandbox's data. */
export const dataFolder = (): string =>
  process.platform === "win32" ? under("LOCALAPPDATA", "AppData", "Local") : under("XDG_DATA_HOME", ".local", "share");

/** What saves time and nothing else. */
export const cacheFolder = (): string =>
  process.platform === "win32" ? under("LOCALAPPDATA", "AppData", "Local") : under("XDG_CACHE_HOME", ".cache");
