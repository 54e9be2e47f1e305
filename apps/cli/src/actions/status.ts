import { stat } from "node:fs/promises";
import { connect } from "../account/connect.ts";
import { openClient, toldBy } from "../account/open-client.ts";
import type { StatusOptions } from "../commands/status.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { counted, number } from "../output/in-words.ts";
import { listRejected } from "../rejected/rejected-store.ts";
import { readLastUpload, type LastUpload } from "../state/last-uploads.ts";
import { defaultLedgerPath } from "../state/open-ledger.ts";

const ledgerSize = async (): Promise<number | undefined> => {
  try {
    return (await stat(defaultLedgerPath())).size;
  } catch {
    return undefined;
  }
};

const lastLine = (last: LastUpload | undefined): string => {
  if (last === undefined) return "none from this machine";
  const { state, begun, input, sent = 0, unchanged = 0, rejected = 0, pending = 0 } = last;
  const when = `${begun.slice(0, 16)}Z, ${input}`;
  if (state === "running") return `${when}: it has not ended, or was killed. Run it again: it goes on where it was`;
  const counts = `${number(sent)} sent, ${number(unchanged)} already there, ${number(rejected)} refused`;
  return state === "done" ? `${when}: ${counts}` : `${when}: stopped, ${counts}, ${number(pending)} still to be sent`;
};

/** Says how things stand with an account. */
export const status = async (options: StatusOptions, context: CommandContext): Promise<Outcome> => {
  const { server, transport, userId } = await connect(options, "view", context);
  const user = await transport.currentUser({ signal: context.signal });
  const client = openClient({ transport, userId, app: options.app });
  const sessions = await client.session.list(toldBy(context));
  const current = await client.session.find(toldBy(context));
  const last = await readLastUpload(server.key, options.app);
  const rejected = (await listRejected()).filter(
    ({ upload }) => upload.server === server.key && upload.app === options.app
  );
  const ledger = await ledgerSize();
  const who = user.email === undefined ? user.userId : `${user.email} (${user.userId})`;
  return {
    value: [
      `Server       ${server.key}${server.profile.server === server.key ? ` (profile ${server.profile.name})` : ""}`,
      `Logged in    ${who}${userId === user.userId ? "" : `, for the data of ${userId}`}`,
      `Session      ${current === undefined ? `none of ${options.app} yet: the first upload opens it` : current.uploadId}${sessions.length > 1 ? `, one of ${number(sessions.length)}` : ""}`,
      `Memory       ${ledger === undefined ? "nothing was sent from this machine yet" : `${defaultLedgerPath()}, ${number(Math.ceil(ledger / 1000))} kB`}`,
      `Last upload  ${lastLine(last)}`,
      `To mend      ${rejected.length === 0 ? "nothing" : `what ${counted(rejected.length, "upload")} had refused: \`tideway rejected list\``}`
    ],
    result: {
      server: server.key,
      profile: server.profile.name,
      user: { userId: user.userId, email: user.email ?? null },
      userId,
      app: options.app,
      session: current ?? null,
      sessions: sessions.length,
      ledger: ledger === undefined ? null : { path: defaultLedgerPath(), bytes: ledger },
      lastUpload: last ?? null,
      rejected: rejected.map(({ path, upload }) => ({ path, ...upload }))
    }
  };
};
