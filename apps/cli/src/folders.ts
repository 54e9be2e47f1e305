import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

const under = (variable: string, ...fallback: ReadonlyArray<string>): string => {
  const folder = process.env[variable];
  // The XDG rules: a relative path is to be ignored.
  return join(folder !== undefined && isAbsolute(folder) ? folder : join(homedir(), ...fallback), "tideway");
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
