import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import * as Option from "effect/Option";
import { flag, path } from "../arguments/flag.ts";
import { ledgerFlags, serverFlags, sessionFlags } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const number = Argument.Int("N").pipe(
  Argument.withDescription("Its number in the list (default: all of them)"),
  Argument.optional,
  Argument.map(Option.getOrUndefined)
);

const chosen = { number };
const exported = { number, out: path("out", "FILE", "Where to write them (default: standard output)") };
const retried = {
  number,
  ...serverFlags,
  user: sessionFlags.user,
  ...ledgerFlags,
  yes: flag("yes", "Do not ask before writing into production").pipe(Flag.withAlias("y"))
};

/** What `tideway rejected show` is called with. */
export type RejectedShowOptions = Command.Command.Config.Infer<typeof chosen>;

/** What `tideway rejected export` is called with. */
export type RejectedExportOptions = Command.Command.Config.Infer<typeof exported>;

/** What `tideway rejected retry` is called with. */
export type RejectedRetryOptions = Command.Command.Config.Infer<typeof retried>;

const list = defineCommand("list", {
  description: "Lists the uploads in which something was refused: files, when, where to, how many.",
  examples: [{ command: "tideway rejected list", description: "What is still to be mended?" }],
  flags: {},
  load: async () => (await import("../actions/rejected.ts")).rejectedList
});

const show = defineCommand("show", {
  description: "Says of each refused datum where it stands, why it was refused, and in which file it can be repaired.",
  examples: [{ command: "tideway rejected show 1", description: "Of the newest upload" }],
  flags: chosen,
  load: async () => (await import("../actions/rejected.ts")).rejectedShow
});

const retry = defineCommand("retry", {
  description: "Sends refused datums again, as they are now in the file that `rejected show` names.",
  examples: [{ command: "tideway rejected retry 1", description: "Once they were repaired" }],
  flags: retried,
  load: async () => (await import("../actions/rejected-retry.ts")).rejectedRetry
});

const exportThem = defineCommand("export", {
  description:
    "Writes refused datums as NDJSON, one a line, to repair them elsewhere or to look at. They hold health values.",
  examples: [{ command: "tideway rejected export --out refused.ndjson", description: "All of them, into a file" }],
  flags: exported,
  load: async () => (await import("../actions/rejected.ts")).rejectedExport
});

/** `tideway rejected` */
export const rejectedCommand = Command.make("rejected").pipe(
  Command.withDescription(
    "What uploads had to leave behind: it is kept on this machine, to be repaired and sent again."
  ),
  Command.withSubcommands([list, show, retry, exportThem])
);
