import type * as Command from "effect/cli/Command";
import { path } from "../arguments/flag.ts";
import { serverFlags } from "../arguments/flags.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  ...serverFlags,
  bundle: path(
    "bundle",
    "FILE",
    "Write what was found to a file that can be posted in public: no names, tokens or values"
  )
};

/** What `tideway doctor` is called with. */
export type DoctorOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway doctor` */
export const doctorCommand = defineCommand("doctor", {
  description:
    "Looks for what keeps this program from working: versions, folders, keyring, time zones, network, clock, login. Each is ok, warn or fail, with what to do.",
  examples: [
    { command: "tideway doctor", description: "What is wrong?" },
    { command: "tideway doctor --bundle doctor.json", description: "A file for a bug report" }
  ],
  flags,
  load: async () => (await import("../actions/doctor.ts")).doctor
});
