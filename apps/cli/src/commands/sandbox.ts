import type * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { filled, flag, path, text, whole } from "../arguments/flag.ts";
import { defineCommand } from "../lifecycle/define-command.ts";

const flags = {
  port: Flag.Int("port").pipe(
    Flag.withMetavar("N"),
    Flag.withDescription("Where to listen on this machine; 0 takes a free port"),
    Flag.withDefault(8009)
  ),
  host: text("host", "ADDRESS", "Where to listen: 0.0.0.0 lets other machines and containers in (default: 127.0.0.1)"),
  names: filled("name", "NAME", "A further name that clients call it by; may be given several times").pipe(
    Flag.atLeast(0)
  ),
  data: path("data", "DIR", "Where to keep its data (default: in XDG_DATA_HOME)"),
  memory: flag("memory", "Keep nothing: everything is gone when it stops"),
  users: path(
    "users",
    "FILE",
    "Its users as a JSON array: userId, email, password, tokens, permissions (default: a demo user)"
  ),
  faults: text(
    "faults",
    "TEXT",
    'Faults to inject: "503 times=3 retry-after=5 on=POST:/v1/*; reset-after probability=0.1"'
  ),
  faultSeed: whole("fault-seed", "Which faults a probability hits (default: 1)"),
  admin: flag("admin", "Let /_sandbox/faults and /_sandbox/log be used while it runs")
};

/** What `tideway sandbox` is called with. */
export type SandboxOptions = Command.Command.Config.Infer<typeof flags>;

/** `tideway sandbox` */
export const sandboxCommand = defineCommand("sandbox", {
  description: "Runs a local Tidepool to develop and try things against, with a demo user and an SQLite file.",
  examples: [
    { command: "tideway sandbox", description: "On port 8009, its data kept for the next time" },
    { command: "tideway sandbox --memory --port 0", description: "On a free port, with nothing kept" },
    {
      command: 'tideway sandbox --faults "503 times=3 on=POST:/v1/*"',
      description: "Failing three times, as the real one may"
    },
    {
      command: "tideway sandbox --host 0.0.0.0",
      description: "For other machines and containers, too: anyone on the network can read and write what it holds"
    }
  ],
  flags,
  load: async () => (await import("../actions/sandbox.ts")).sandbox
});
