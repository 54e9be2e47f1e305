import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { makePrivateFolder } from "@tideway/transport/node";
import type { ChosenServer } from "../account/server.ts";
import type { SyncOptions } from "../commands/sync.ts";
import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { confirm } from "../output/ask.ts";
import { configFolder } from "../state/folders.ts";
import { launchdPlist, systemdUnit, type Service } from "./service-file.ts";

/** What is not for the service itself: it never asks, and is told to go on. */
const leftOut = new Set(["--install", "--watch", "--yes", "-y", "--no-input", "--quiet", "-q"]);

const argumentsOf = (options: SyncOptions, server: ChosenServer): ReadonlyArray<string> => {
  const given = process.argv.slice(2).filter((argument) => !leftOut.has(argument));
  // What the environment says now is not said to a service.
  const isNamed = options.api !== undefined || options.env !== undefined;
  return [...given, ...(isNamed ? [] : server.flag.split(" ")), "--watch", "--yes", "--no-input"];
};

const systemdFolder = (): string => {
  const folder = process.env["XDG_CONFIG_HOME"];
  return join(folder !== undefined && isAbsolute(folder) ? folder : join(homedir(), ".config"), "systemd", "user");
};

/** Where the service is written, what stands in it, and what starts it. */
const fileOf = (service: Service, suffix: string): { path: string; text: string; start: ReadonlyArray<string> } => {
  if (process.platform === "darwin") {
    const label = `org.tideway.sync.${suffix}`;
    const path = join(homedir(), "Library", "LaunchAgents", `${label}.plist`);
    const log = join(homedir(), "Library", "Logs", `${label}.log`);
    return { path, text: launchdPlist(service, label, log), start: [`launchctl bootstrap gui/$(id -u) '${path}'`] };
  }
  const name = `tideway-sync-${suffix}.service`;
  return {
    path: join(systemdFolder(), name),
    text: systemdUnit(service),
    start: ["systemctl --user daemon-reload", `systemctl --user enable --now ${name}`, "loginctl enable-linger"]
  };
};

/** Shows a service that runs the sync in the background, and writes it where the answer is yes. It is started by a command that is told. */
export const installService = async (
  options: SyncOptions,
  server: ChosenServer,
  { interactive, signal, output }: CommandContext
): Promise<Outcome> => {
  if (process.platform === "win32") {
    throw usageError(
      "--install knows systemd and launchd. On Windows, let Task Scheduler run the same command with --watch."
    );
  }
  const command = [process.execPath, process.argv[1] ?? "tideway", ...argumentsOf(options, server)];
  const suffix = createHash("sha256")
    .update(JSON.stringify([server.key, options.app, options.sources]))
    .digest("hex")
    .slice(0, 8);
  const service = {
    command,
    folder: process.cwd(),
    environmentFile: join(configFolder(), "sync.env"),
    description: `Tideway: ${options.sources.join(", ")} into Tidepool`
  };
  const { path, text, start } = fileOf(service, suffix);
  output.say(`${path}:`, "", ...text.trimEnd().split("\n"), "");
  if (!options.yes) {
    if (!interactive) throw usageError("Add --yes to write this file.");
    if (!(await confirm("Write it?", signal))) throw new CommandError(exitCode.failure, "Nothing was written.");
  }
  await makePrivateFolder(dirname(path));
  await writeFile(path, text, { mode: 0o600 });
  const logins =
    process.platform === "darwin"
      ? "It logs in as `tideway login` and the question of `tideway sync` have kept it."
      : `It logs in as \`tideway login\` and the question of \`tideway sync\` have kept it, or by variables in ${service.environmentFile} (mode 0600).`;
  return {
    answer: [`Written: ${path}`, "Start it:", ...start.map((line) => `  ${line}`), logins],
    result: { path, start }
  };
};
