import { kindOf, type DataSet } from "@tideway/schemas";
import type { Right } from "@tideway/transport";
import { connect } from "../account/connect.ts";
import { openClient, toldBy } from "../account/open-client.ts";
import type { SessionOptions, SessionShowOptions } from "../commands/session.ts";
import { CommandError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { counted, number } from "../output/in-words.ts";

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

/** Says all there is to know of a session: of the one named, or of this app's. */
export const showSession = async (options: SessionShowOptions, context: CommandContext): Promise<Outcome> => {
  const { server, transport, userId } = await connect(options, "view", context);
  const client = openClient({ transport, userId, app: options.app });
  const session =
    options.id === undefined
      ? await client.session.find(toldBy(context))
      : (await transport.listDataSets(userId, { size: 1000 }, { signal: context.signal })).find(
          ({ uploadId }) => uploadId === options.id
        );
  if (session === undefined) {
    const which = options.id === undefined ? `session of ${options.app}` : `session ${options.id}`;
    throw new CommandError(exitCode.failure, `There is no ${which} at ${server.key}.`);
  }
  const kinds = new Map<string, number>();
  let [first, last] = ["", ""];
  for await (const datum of transport.readData(userId, { uploadId: session.uploadId }, { signal: context.signal })) {
    if ((datum.type as string) === "upload") continue;
    const kind = kindOf(datum) ?? datum.type;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const { time } = datum as { readonly time?: unknown };
    if (typeof time !== "string") continue;
    if (first === "" || time < first) first = time;
    if (time > last) last = time;
  }
  const rows = [...kinds].sort(([, a], [, b]) => b - a);
  const datums = rows.reduce((sum, [, count]) => sum + count, 0);
  return {
    value: [
      `Session  ${session.uploadId}, ${session.dataSetType}`,
      `Opened   ${session.createdTime} by ${session.client?.name ?? "an unknown program"} ${session.client?.version ?? ""}`.trimEnd(),
      `Holds    ${counted(datums, "datum")}${first === "" ? "" : `, from ${first} to ${last}`}`,
      ...rows.map(([kind, count]) => `  ${number(count).padStart(9)}  ${kind}`)
    ],
    result: { session, datums, kinds: Object.fromEntries(kinds), first: first || null, last: last || null }
  };
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
