import { access, constants } from "node:fs/promises";
import { memoryTokenStore } from "@tideway/transport";
import { keyringTokenStore, makePrivateFolder } from "@tideway/transport/node";
import { readConfiguration } from "../state/configuration.ts";
import { cacheFolder, configFolder, stateFolder } from "../state/folders.ts";
import { version } from "../version.ts";
import type { Check } from "./check.ts";

const versions = (): Check => {
  const { node, tz = "unknown" } = process.versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  const found = `tideway ${version}, Node ${node}, ${process.platform} ${process.arch}, zone data ${tz}`;
  if (major > 22 || (major === 22 && minor >= 19)) return { name: "versions", state: "ok", found };
  return { name: "versions", state: "fail", found, hint: "Node 22.19 or newer is needed." };
};

/** Summer and winter of a zone: a Node without its data takes every zone for UTC. */
const zones = (): Check => {
  const offset = (month: number) =>
    new Intl.DateTimeFormat("en", { timeZone: "Europe/Berlin", timeZoneName: "longOffset" })
      .formatToParts(Date.UTC(2026, month, 15))
      .find(({ type }) => type === "timeZoneName")?.value;
  try {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (offset(0) === "GMT+01:00" && offset(6) === "GMT+02:00") {
      return { name: "time zones", state: "ok", found: `known; this machine is set to ${timeZone}` };
    }
  } catch {
    // Told below.
  }
  const hint = "This Node was built without its data of time zones: install another.";
  return { name: "time zones", state: "fail", found: "Europe/Berlin is not known as it should be", hint };
};

const folder = async (name: string, find: () => string, variable: string): Promise<Check> => {
  const hint = `Make it writable, or name another with ${variable}.`;
  let path = "";
  try {
    path = find();
    await makePrivateFolder(path);
    await access(path, constants.W_OK);
    return { name, state: "ok", found: `${path} can be written` };
  } catch (error) {
    return { name, state: "fail", found: `${path || "no folder"}: ${(error as Error).message}`, hint };
  }
};

const keyring = async (): Promise<Check> => {
  if (process.env["TIDEWAY_KEYRING"] === "off") {
    return { name: "keyring", state: "ok", found: "not used: TIDEWAY_KEYRING is off, logins are kept in files" };
  }
  let why: string | undefined;
  const store = keyringTokenStore({
    fallback: memoryTokenStore(),
    onFallback: (reason) => {
      why = reason;
    }
  });
  await store.read("doctor").catch((error: Error) => {
    why ??= error.message;
  });
  if (why === undefined) return { name: "keyring", state: "ok", found: "logins are kept in the system's keyring" };
  const hint = "Logins are kept in files that only you can read. TIDEWAY_KEYRING=off says that this is meant.";
  return { name: "keyring", state: "warn", found: `there is none that can be used (${why})`, hint };
};

const configuration = (): Check => {
  try {
    const names = Object.keys(readConfiguration().profiles);
    const found = names.length === 0 ? "there is none yet" : `profiles: ${names.join(", ")}`;
    return { name: "configuration", state: "ok", found };
  } catch (error) {
    return { name: "configuration", state: "fail", found: (error as Error).message };
  }
};

/** What can be looked at without a server. */
export const machineChecks = async (): Promise<ReadonlyArray<Check>> => [
  versions(),
  zones(),
  configuration(),
  await folder("configuration folder", configFolder, "XDG_CONFIG_HOME"),
  await folder("state folder", stateFolder, "XDG_STATE_HOME"),
  await folder("cache folder", cacheFolder, "XDG_CACHE_HOME"),
  await keyring()
];
