import type * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  days: Flag.Int("days").pipe(
    Flag.withMetavar("N"),
    Flag.withDescription("Days of data, 1 to 365 (default: 30)"),
    Flag.withDefault(30)
  )
};

/** What `tideway demo` is called with. */
export type DemoOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway demo` */
export const demoCommand = defineCommand("demo", {
  description:
    "Shows the main job within this program: a local Tidepool in memory, a session, an invented person's data uploaded, read back and compared, and sent once more. Needs no account and no network, and leaves nothing behind.",
  examples: [{ command: "tideway demo --days 7", description: "With a week of data" }],
  flags,
  load: async () => (await import("../actions/demo.ts")).demo
});
