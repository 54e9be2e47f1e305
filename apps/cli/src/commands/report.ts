import * as Argument from "effect/cli/Argument";
import type * as Command from "effect/cli/Command";
import { choice, flag, path, text, whole } from "../arguments/flag.ts";
import { readingFlags, serverFlags, sessionFlags } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  files: Argument.String("FILE").pipe(
    Argument.withDescription("Files, also folders of them; none: what is in the account"),
    Argument.variadic()
  ),
  ...serverFlags,
  user: sessionFlags.user,
  from: text("from", "DATE", "First day of the report (default: 14 days, to the last one with readings)"),
  to: text("to", "DATE", "Last day of the report"),
  days: whole("days", "Number of days, 1 to 366, where no first day is given (default: 14)"),
  out: path("out", "FILE", "Where to write the page (default: tideway-report.html)"),
  text: flag("text", "Print the report as text to paste, and write no file"),
  show: choice("show", ["mg/dL", "mmol/L"], "Glucose units of the report (default: mg/dL)"),
  ...readingFlags
};

/** What `tideway report` is called with. */
export type ReportOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway report` */
export const reportCommand = defineCommand("report", {
  description:
    "Makes the one-sheet report that clinics know (AGP: ambulatory glucose profile), of files or of an account: a page of HTML to print, or text to paste. Files never leave this machine.",
  examples: [
    { command: "tideway report export.csv", description: "The last 14 days of a file, as tideway-report.html" },
    { command: "tideway report --from 2026-03-01 --to 2026-03-14 --text", description: "Of the account, as text" }
  ],
  flags,
  load: async () => (await import("../actions/report.ts")).report
});
