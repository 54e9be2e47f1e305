import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Option from "effect/Option";
import { defineCommand } from "../lifecycle/define-command.ts";

const description =
  "server (an address, or production, integration, qa1, qa2, dev), account (an e-mail address), user (whose data), timezone (where files do not say it), or profile (the one that is used where none is named)";

const getFlags = {
  key: Argument.String("KEY").pipe(
    Argument.withDescription(`${description}; without one, all that is set`),
    Argument.optional,
    Argument.map(Option.getOrUndefined)
  )
};

const setFlags = {
  key: Argument.String("KEY").pipe(Argument.withDescription(description)),
  value: Argument.String("VALUE").pipe(Argument.withDescription('What it is to be; "" takes it out'))
};

/** What `tideway config get` is called with. */
export type ConfigGetOptions = Command.Command.Config.Infer<typeof getFlags>;

/** What `tideway config set` is called with. */
export type ConfigSetOptions = Command.Command.Config.Infer<typeof setFlags>;

const path = defineCommand("path", {
  description: "Prints where the configuration is.",
  examples: [{ command: "tideway config path", description: "A file of JSON, which may be edited" }],
  flags: {},
  load: async () => (await import("../actions/config.ts")).configPath
});

const get = defineCommand("get", {
  description: "Prints a value of your profile.",
  examples: [
    { command: "tideway config get", description: "All of them" },
    { command: "tideway config get server --profile ann", description: "One of another profile" }
  ],
  flags: getFlags,
  load: async () => (await import("../actions/config.ts")).configGet
});

const set = defineCommand("set", {
  description: "Sets a value of your profile.",
  examples: [
    { command: "tideway config set timezone Europe/Berlin", description: "Where you live" },
    {
      command: "tideway config set server integration --profile ann",
      description: "Of another profile, made if need be"
    },
    { command: "tideway config set profile ann", description: "The profile to use from now on" }
  ],
  flags: setFlags,
  load: async () => (await import("../actions/config.ts")).configSet
});

/** `tideway config` */
export const configCommand = Command.make("config").pipe(
  Command.withDescription("Shows and sets what your profiles remember. No secret is among it."),
  Command.withSubcommands([path, get, set])
);
