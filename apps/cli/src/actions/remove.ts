import type { Transport } from "@tideway/core";
import { kindOf } from "@tideway/schemas";
import { connect } from "../account/connect.ts";
import { openClient, toldBy } from "../account/open-client.ts";
import { daysOf, type Days } from "../arguments/days.ts";
import { readingOptions } from "../arguments/reading-options.ts";
import type { RemoveOptions } from "../commands/remove.ts";
import { chosenIds } from "../input/chosen-ids.ts";
import { keepApart, refuseSharedStdin } from "../input/input-file.ts";
import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { confirm } from "../output/ask.ts";
import { counted, number } from "../output/in-words.ts";
import { openLedger } from "../state/open-ledger.ts";

/** What of a session would be deleted. */
interface Preview {
  readonly originIds: ReadonlyArray<string>;
  readonly datums: number;
  readonly kinds: { readonly [kind: string]: number };
  readonly first: string | undefined;
  readonly last: string | undefined;
}

const isWithin = ({ from, until }: Days, time: number): boolean =>
  (from === undefined || time >= from) && (until === undefined || time < until);

/** Reads a session, and finds what was chosen in it: by id, by time, or by both. */
const preview = async (
  {
    transport,
    userId,
    uploadId
  }: { readonly transport: Transport; readonly userId: string; readonly uploadId: string },
  ids: ReadonlySet<string> | undefined,
  days: Days,
  signal: AbortSignal
): Promise<Preview> => {
  const isAnyDay = days.from === undefined && days.until === undefined;
  const originIds = new Set<string>();
  const kinds = new Map<string, number>();
  let [first, last, datums] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for await (const datum of transport.readData(userId, { uploadId }, { signal })) {
    const id = (datum as { origin?: { id?: string } }).origin?.id;
    if (id === undefined || (datum.type as string) === "upload" || (ids !== undefined && !ids.has(id))) continue;
    const time = Date.parse(String((datum as { time?: unknown }).time));
    if (!isAnyDay && !isWithin(days, time)) continue;
    originIds.add(id);
    datums++;
    const kind = kindOf(datum) ?? datum.type;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (!Number.isNaN(time)) [first, last] = [Math.min(first, time), Math.max(last, time)];
  }
  const timeOf = (time: number) => (Number.isFinite(time) ? new Date(time).toISOString() : undefined);
  return {
    originIds: [...originIds],
    datums,
    kinds: Object.fromEntries(kinds),
    first: timeOf(first),
    last: timeOf(last)
  };
};

const spanOf = ({ first, last }: Preview): string =>
  first === undefined ? "" : `, from ${first.slice(0, 16)}Z to ${last!.slice(0, 16)}Z`;

const kindLines = ({ kinds }: Preview): ReadonlyArray<string> =>
  Object.entries(kinds)
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `  ${number(count).padStart(9)}  ${kind}`);

/** Deletes what was chosen from a session, once that was shown and confirmed. */
export const remove = async (options: RemoveOptions, context: CommandContext): Promise<Outcome> => {
  const { signal, interactive, output } = context;
  const isByDays = options.from !== undefined || options.to !== undefined;
  if (options.files.length === 0 && options.ids.length === 0 && !isByDays) {
    throw usageError("Say what to delete: a FILE that was uploaded or lists origin ids, --id ID, or --from and --to.");
  }
  refuseSharedStdin(options, "ids");
  await keepApart(options.files, { "--ledger": options.ledger });
  const reading = await readingOptions(options, context);
  const days = daysOf(options, reading.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const isById = options.files.length > 0 || options.ids.length > 0;
  const ids = isById
    ? new Set([...options.ids, ...(await chosenIds(options.files, options.app, reading, signal))])
    : undefined;
  const { server, transport, userId } = await connect(options, "upload", context);
  const client = openClient({ transport, userId, app: options.app });
  const session = await client.session.find(toldBy(context));
  const whose = `the session of ${options.app} at ${server.key}`;
  if (session === undefined) {
    return {
      answer: [`Nothing to delete: there is no session of ${options.app} at ${server.key}.`],
      result: { removed: 0 }
    };
  }
  const found = await preview({ transport, userId, uploadId: session.uploadId }, ids, days, signal);
  const { originIds, datums, kinds, first = null, last = null } = found;
  const asked = ids === undefined ? null : ids.size;
  const result = { asked, found: datums, kinds, first, last };
  const chosen = ids === undefined ? "datums of those days" : `${counted(ids.size, "datum")} that you named`;
  if (datums === 0) {
    return { answer: [`Nothing to delete: none of the ${chosen} is in ${whose}.`], result: { ...result, removed: 0 } };
  }
  const what = `${counted(datums, "datum")}${spanOf(found)}, from ${whose}`;
  if (options.dryRun)
    return { answer: [`This would delete ${what}:`, ...kindLines(found)], result: { ...result, removed: 0 } };
  if (!options.yes && !interactive) throw usageError(`This deletes ${what}. Add --yes if that is meant.`);
  if (!options.yes) {
    output.say(...kindLines(found));
    if (!(await confirm(`Delete ${what}?`, signal))) throw new CommandError(exitCode.failure, "Nothing was deleted.");
  }
  // What is deleted must not be taken for unchanged by the next upload.
  const ledger = await openLedger(options.ledger, output);
  await openClient({ transport, userId, app: options.app, ledger }).remove(originIds, toldBy(context, options.wait));
  return { answer: [`Deleted ${what}.`], result: { ...result, removed: datums } };
};
