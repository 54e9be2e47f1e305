import * as Command from "effect/cli/Command";
import { serverFlags, sessionFlags } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = { ...serverFlags, ...sessionFlags };

/** What the commands under `tideway session` are called with. */
export type SessionOptions = Command.Command.Config.Infer<typeof flags>;

const find = defineCommand("find", {
  description: "Prints the id of the session of this app; fails where there is none.",
  examples: [{ command: "tideway session find --app org.example.app", description: "Of another app" }],
  flags,
  load: async () => (await import("../actions/session.ts")).findSession
});

const open = defineCommand("open", {
  description: "Prints the id of the session of this app, and opens it where there is none.",
  examples: [{ command: "tideway session open", description: "Before the first upload" }],
  flags,
  load: async () => (await import("../actions/session.ts")).openSession
});

const list = defineCommand("list", {
  description: "Lists every session of this app: id, time, type, app version, deduplicator.",
  examples: [{ command: "tideway session list --json", description: "For a program" }],
  flags,
  load: async () => (await import("../actions/session.ts")).listSessions
});

/** `tideway session` */
export const sessionCommand = Command.make("session").pipe(
  Command.withDescription("Finds, opens or lists continuous sessions."),
  Command.withSubcommands([find, open, list])
);
