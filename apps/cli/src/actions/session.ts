import type { DataSet } from "@tideway/schemas";
import type { Right } from "@tideway/transport";
import { connect } from "../account/connect.ts";
import { openClient, toldBy } from "../account/open-client.ts";
import type { SessionOptions } from "../commands/session.ts";
import { CommandError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";

const clientFor = async (options: SessionOptions, right: Right, context: CommandContext) => {
  const { server, transport, userId } = await connect(options, right, context);
  return { server, client: openClient({ transport, userId, app: options.app }) };
};

/** Prints the id of the session. */
export const findSession = async (options: SessionOptions, context: CommandContext): Promise<Outcome> => {
  const { server, client } = await clientFor(options, "view", context);
  const session = await client.session.find(toldBy(context));
  if (session !== undefined) return { value: [session.uploadId], result: { session } };
  throw new CommandError(
    exitCode.failure,
    `There is no session of ${options.app} at ${server.key}. \`tideway session open\` opens one; so does an upload.`
  );
};

/** Opens the session where there is none. */
export const openSession = async (options: SessionOptions, context: CommandContext): Promise<Outcome> => {
  const { client } = await clientFor(options, "upload", context);
  const { session, opened } = await client.session.ensure(toldBy(context));
  context.output.say(opened ? "Opened." : "There was one already.");
  return { value: [session.uploadId], result: { session, opened } };
};

const line = ({ uploadId, createdTime, client, dataSetType, deduplicator }: DataSet) =>
  [uploadId, createdTime, dataSetType, client?.version ?? "-", deduplicator?.name ?? "-"].join("  ");

/** Lists the sessions of an app. */
export const listSessions = async (options: SessionOptions, context: CommandContext): Promise<Outcome> => {
  const { client } = await clientFor(options, "view", context);
  const sessions = await client.session.list(toldBy(context));
  if (sessions.length === 0) context.output.say(`There is no session of ${options.app}.`);
  return { value: sessions.map(line), result: { sessions } };
};
