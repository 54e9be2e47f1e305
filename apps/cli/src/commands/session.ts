import type { DataSet } from "@tideway/schemas";
import type { Right } from "@tideway/transport";
import * as Command from "effect/cli/Command";
import { connect } from "../account/connect.ts";
import { openClient, toldBy } from "../account/open-client.ts";
import { commonFlags, commonOptions, serverFlags, sessionFlags } from "../arguments/flags.ts";
import { CommandError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { runCommand, type CommandContext, type Outcome } from "../lifecycle/run-command.ts";

const flags = { ...serverFlags, ...sessionFlags, ...commonFlags };
type Options = Command.Command.Config.Infer<typeof flags>;

const clientFor = async (options: Options, right: Right, context: CommandContext) => {
  const { server, transport, userId } = await connect(options, right, context);
  return { server, client: openClient({ transport, userId, app: options.app }) };
};

const find = async (options: Options, context: CommandContext): Promise<Outcome> => {
  const { server, client } = await clientFor(options, "view", context);
  const session = await client.session.find(toldBy(context));
  if (session !== undefined) return { answer: [session.uploadId], result: { session } };
  throw new CommandError(
    exitCode.failure,
    `There is no session of ${options.app} at ${server.key}. \`tideway session open\` opens one; so does an upload.`
  );
};

const open = async (options: Options, context: CommandContext): Promise<Outcome> => {
  const { client } = await clientFor(options, "upload", context);
  const { session, opened } = await client.session.ensure(toldBy(context));
  context.output.say(opened ? "Opened." : "There was one already.");
  return { answer: [session.uploadId], result: { session, opened } };
};

const line = ({ uploadId, createdTime, client, dataSetType, deduplicator }: DataSet) =>
  [uploadId, createdTime, dataSetType, client?.version ?? "-", deduplicator?.name ?? "-"].join("  ");

const list = async (options: Options, context: CommandContext): Promise<Outcome> => {
  const { client } = await clientFor(options, "view", context);
  const sessions = await client.session.list(toldBy(context));
  if (sessions.length === 0) context.output.say(`There is no session of ${options.app}.`);
  return { answer: sessions.map(line), result: { sessions } };
};

const run = (command: (options: Options, context: CommandContext) => Promise<Outcome>) => (options: Options) =>
  runCommand(commonOptions(options), (context) => command(options, context));

/** `tideway session find|open|list` */
export const sessionCommand = Command.make("session").pipe(
  Command.withDescription("Finds, opens or lists continuous sessions."),
  Command.withSubcommands([
    Command.make("find", flags, run(find)).pipe(
      Command.withDescription("Prints the id of the session of this app; fails where there is none.")
    ),
    Command.make("open", flags, run(open)).pipe(
      Command.withDescription("Prints the id of the session of this app, and opens it where there is none.")
    ),
    Command.make("list", flags, run(list)).pipe(
      Command.withDescription("Lists every session of this app: id, time, type, app version, deduplicator.")
    )
  ])
);
