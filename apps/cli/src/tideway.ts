import * as Command from "effect/cli/Command";
import { globalFlags } from "./arguments/global-flags.ts";
import { completionCommand } from "./commands/completion.ts";
import { configCommand } from "./commands/config.ts";
import { demoCommand } from "./commands/demo.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { downloadCommand } from "./commands/download.ts";
import { helpCommand } from "./commands/help.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { loginCommand } from "./commands/login.ts";
import { logoutCommand } from "./commands/logout.ts";
import { rejectedCommand } from "./commands/rejected.ts";
import { removeCommand } from "./commands/remove.ts";
import { reportCommand } from "./commands/report.ts";
import { restoreCommand } from "./commands/restore.ts";
import { sampleCommand } from "./commands/sample.ts";
import { sandboxCommand } from "./commands/sandbox.ts";
import { sessionCommand } from "./commands/session.ts";
import { statusCommand } from "./commands/status.ts";
import { syncCommand } from "./commands/sync.ts";
import { uploadCommand } from "./commands/upload.ts";
import { verifyCommand } from "./commands/verify.ts";
import { versionCommand } from "./commands/version.ts";
import { whoamiCommand } from "./commands/whoami.ts";

/** Every command, in the groups in which help shows them. */
export const tideway = Command.make("tideway").pipe(
  Command.withDescription("Diabetes device data into Tidepool: nothing lost, nothing doubled."),
  Command.withSubcommands([
    {
      group: "Data",
      commands: [inspectCommand, uploadCommand, syncCommand, verifyCommand, removeCommand, rejectedCommand]
    },
    { group: "Keep and leave", commands: [downloadCommand, restoreCommand, reportCommand] },
    {
      group: "Account",
      commands: [statusCommand, loginCommand, logoutCommand, whoamiCommand, sessionCommand, configCommand]
    },
    { group: "Try it", commands: [demoCommand, sampleCommand, sandboxCommand] },
    { group: "About this program", commands: [doctorCommand, helpCommand, versionCommand, completionCommand] }
  ]),
  Command.withGlobalFlags(globalFlags)
);
