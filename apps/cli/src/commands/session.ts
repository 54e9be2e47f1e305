import * as Command from "effect/cli/Command";
import { whole } from "../arguments/flag.ts";
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

const doctorFlags = {
  ...serverFlags,
  user: sessionFlags.user,
  days: whole("days", "Last days of each session to compare, 1 to 366 (default: 14)")
};

/** What `tideway session doctor` is called with. */
export type SessionDoctorOptions = Command.Command.Config.Infer<typeof doctorFlags>;

const doctor = defineCommand("doctor", {
  description:
    "Looks at the continuous sessions of all apps for what doubles data or keeps it from arriving: several sessions of one app, apps that upload the same, closed sessions. Says what to do, and changes nothing.",
  examples: [{ command: "tideway session doctor", description: "Is each datum there once?" }],
  flags: doctorFlags,
  load: async () => (await import("../actions/session-doctor.ts")).sessionDoctor
});

/** `tideway session` */
export const sessionCommand = Command.make("session").pipe(
  Command.withDescription("Finds, opens, lists or examines continuous sessions."),
  Command.withSubcommands([find, open, list, doctor])
);
