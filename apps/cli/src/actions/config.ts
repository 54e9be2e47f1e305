import { environmentNames } from "@tideway/transport";
import { checkProfileName, chooseProfile } from "../account/profile.ts";
import { isProduction } from "../account/server.ts";
import type { ConfigGetOptions, ConfigSetOptions } from "../commands/config.ts";
import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import {
  changeProfile,
  configurationPath,
  firstProfile,
  profileKeys,
  readConfiguration,
  writeConfiguration
} from "../state/configuration.ts";

type ProfileKey = (typeof profileKeys)[number];

const isProfileKey = (key: string): key is ProfileKey => (profileKeys as ReadonlyArray<string>).includes(key);

const unknownKey = (key: string) =>
  usageError(`There is no ${key} in the configuration: it is one of ${[...profileKeys, "profile"].join(", ")}.`);

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};

const isServer = (server: string): boolean =>
  (environmentNames as ReadonlyArray<string>).includes(server) ||
  (URL.canParse(server) && /^https?:$/u.test(new URL(server).protocol));

const rules: { readonly [K in ProfileKey]?: { readonly holds: (value: string) => boolean; readonly rule: string } } = {
  server: {
    holds: isServer,
    rule: `an address, such as http://127.0.0.1:8009, or one of ${environmentNames.join(", ")}`
  },
  account: { holds: (value) => value.includes("@"), rule: "an e-mail address" },
  timezone: { holds: isZone, rule: "the name of a zone, such as Europe/Berlin" }
};

/** Prints where the configuration is. */
export const configPath = (): Promise<Outcome> => {
  const path = configurationPath();
  return Promise.resolve({ value: [path], result: { path } });
};

/** Prints a value of a profile, or all of them. */
export const configGet = ({ key }: ConfigGetOptions, context: CommandContext): Promise<Outcome> => {
  const { name, isNamed: _isNamed, ...values } = chooseProfile(context.profile);
  const { profiles } = readConfiguration();
  if (key === undefined) {
    const others = Object.keys(profiles).filter((each) => each !== name);
    const lines = Object.entries(values).map(([each, value]) => `${each} ${value}`);
    if (others.length > 0) context.output.say(`Other profiles: ${others.join(", ")}`);
    return Promise.resolve({ value: [`profile ${name}`, ...lines], result: { profile: name, ...values, profiles } });
  }
  if (key === "profile") return Promise.resolve({ value: [name], result: { key, value: name } });
  if (!isProfileKey(key)) throw unknownKey(key);
  const value = values[key];
  if (value === undefined) {
    throw new CommandError(
      exitCode.failure,
      `The profile ${name} has no ${key}. \`tideway config set ${key} …\` sets it.`
    );
  }
  return Promise.resolve({ value: [value], result: { key, value } });
};

/** The profile that is used where none is named; never one of production, so that nothing is written there by default. */
const setDefaultProfile = async (name: string) => {
  const configuration = readConfiguration();
  if (name === "") {
    const { profile: _profile, ...rest } = configuration;
    return writeConfiguration(rest);
  }
  checkProfileName(name);
  const { server } = configuration.profiles[name] ?? {};
  if (server !== undefined && isProduction({ environment: server })) {
    throw usageError(`${name} is a profile of production, which is never the default: name it with --profile ${name}.`);
  }
  await writeConfiguration({ ...configuration, profile: name });
};

/** Sets a value of a profile, or takes it out. */
export const configSet = async ({ key, value }: ConfigSetOptions, context: CommandContext): Promise<Outcome> => {
  if (key === "profile") {
    await setDefaultProfile(value);
    return { result: { key, value } };
  }
  if (!isProfileKey(key)) throw unknownKey(key);
  const rule = rules[key];
  if (value !== "" && rule !== undefined && !rule.holds(value)) throw usageError(`${key} has to be ${rule.rule}.`);
  const { name, isNamed } = chooseProfile(context.profile);
  if (key === "server" && isProduction({ environment: value }) && (name === firstProfile || !isNamed)) {
    throw usageError("Production is never the default: name a profile for it, with --profile NAME.");
  }
  await changeProfile(name, { [key]: value === "" ? undefined : value });
  context.output.say(
    value === "" ? `The profile ${name} has no ${key} any more.` : `${key} of the profile ${name} is ${value}.`
  );
  return { result: { key, value, profile: name } };
};
