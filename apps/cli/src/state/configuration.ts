import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../lifecycle/command-error.ts";
import { errnoInWords } from "../lifecycle/errno-in-words.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { configFolder } from "./folders.ts";
import { replaceFile } from "./replace-file.ts";

/** What a profile remembers; no secret is among it. */
export interface Profile {
  /** An address, or the name of one of Tidepool's own environments. */
  readonly server?: string;
  /** The e-mail address to log in with. */
  readonly account?: string;
  /** The user whose data it is, where that is another than the one who logs in. */
  readonly user?: string;
  /** The zone of the device's clock, where a file does not say it. */
  readonly timezone?: string;
}

/** What may be set in a profile, and what it is for. */
export const profileKeys = ["server", "account", "user", "timezone"] as const satisfies ReadonlyArray<keyof Profile>;

/** What the configuration file holds. */
export interface Configuration {
  /** The profile that is used where none is named. */
  readonly profile?: string;
  readonly profiles: { readonly [name: string]: Profile };
}

/** The profile that there is before anybody has made one. */
export const firstProfile = "default";

/** Where the configuration is. */
export const configurationPath = (): string => join(configFolder(), "config.json");

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A profile as it was written, without what is no text. */
const profileOf = (value: unknown): Profile =>
  Object.fromEntries(
    profileKeys.flatMap((key) => {
      const text = isObject(value) ? value[key] : undefined;
      return typeof text === "string" && text !== "" ? [[key, text]] : [];
    })
  );

const parse = (text: string, path: string): Configuration => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CommandError(
      exitCode.failure,
      `${path} is not JSON: mend it, or delete it and set again what you need with \`tideway config set\`.`,
      { cause }
    );
  }
  const { profile, profiles } = isObject(value) ? value : {};
  return {
    ...(typeof profile === "string" && profile !== "" ? { profile } : {}),
    profiles: isObject(profiles)
      ? Object.fromEntries(Object.entries(profiles).map(([name, each]) => [name, profileOf(each)]))
      : {}
  };
};

/** The configuration; an empty one where there is no file yet. */
export const readConfiguration = (): Configuration => {
  let path: string;
  try {
    path = configurationPath();
  } catch {
    // No home folder: then nothing was ever kept there.
    return { profiles: {} };
  }
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    if (["ENOENT", "ENOTDIR"].includes((cause as NodeJS.ErrnoException).code ?? "")) return { profiles: {} };
    throw new CommandError(exitCode.failure, `Cannot read ${path}: ${errnoInWords(cause)}.`, { cause });
  }
  return parse(text, path);
};

/** Replaces the configuration as a whole, so that whoever reads it meanwhile sees the old or the new one. */
export const writeConfiguration = async (configuration: Configuration): Promise<void> => {
  const path = configurationPath();
  try {
    await replaceFile(path, `${JSON.stringify(configuration, undefined, 2)}\n`);
  } catch (cause) {
    throw new CommandError(exitCode.failure, `Cannot write ${path}: ${errnoInWords(cause)}.`, { cause });
  }
};

/** Sets some of a profile's values; undefined takes one out. */
export const changeProfile = async (
  name: string,
  change: { readonly [K in keyof Profile]: string | undefined }
): Promise<void> => {
  const configuration = readConfiguration();
  const profile = profileOf({ ...configuration.profiles[name], ...change });
  await writeConfiguration({ ...configuration, profiles: { ...configuration.profiles, [name]: profile } });
};
