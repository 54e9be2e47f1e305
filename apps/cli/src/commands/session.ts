import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Option from "effect/Option";
import { whole } from "../arguments/flag.ts";
import { serverFlags, sessionFlags } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = { ...serverFlags, ...sessionFlags };

const showFlags = {
  id: Argument.String("ID").pipe(
    Argument.withDescription("The id of a session (default: the one of this app)"),
    Argument.optional,
    Argument.map(Option.getOrUndefined)
  ),
  ...flags
};

/** What `tideway session show` is called with. */
export type SessionShowOptions = Command.Command.Config.Infer<typeof showFlags>;

/** What the commands under `tideway session` are called with. */
export type SessionOptions = Command.Command.Config.Infer<typeof flags>;

const find = defineCommand("find", {
  description: "Prints the id of the session of this app; fails where there is none.",
  examples: [{ command: "tideway session find --app org.example.app", description: "Of another app" }],
  flags,
  load: async () => (await import("../actions/session.ts")).findSession
});

const show = defineCommand("show", {
  description:
    "Says what a session holds: when it was opened and by what, how many datums of which kinds, and from when to when.",
  examples: [{ command: "tideway session show", description: "The one of this app" }],
  flags: showFlags,
  load: async () => (await import("../actions/session.ts")).showSession
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
  Command.withSubcommands([list, show, open, find, doctor])
);
