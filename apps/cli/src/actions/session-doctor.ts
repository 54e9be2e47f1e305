import type { Transport } from "@tideway/core";
import { connect } from "../account/connect.ts";
import { listDataSets } from "../archive/list-data-sets.ts";
import { type ArchivedSet } from "../archive/manifest.ts";
import type { SessionDoctorOptions } from "../commands/session.ts";
import { usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { counted, number } from "../output/in-words.ts";
import { type Finding, findingsOf, type SessionFacts } from "../session-doctor/findings.ts";

const day = 86_400_000;

type Members = Readonly<Record<string, unknown>>;

/** What there is to know of a session, by a few requests. */
const factsOf = async (
  {
    transport,
    userId,
    days,
    signal
  }: { readonly transport: Transport; readonly userId: string; readonly days: number; readonly signal: AbortSignal },
  { uploadId, appName, createdTime }: Omit<ArchivedSet, "isWhole">
): Promise<SessionFacts> => {
  let isClosed = false;
  for await (const datum of transport.readData(userId, { uploadId, type: ["upload"] }, { signal })) {
    if ((datum as unknown as Members)["_state"] === "closed") isClosed = true;
  }
  let newest: string | undefined;
  for await (const datum of transport.readData(userId, { uploadId, latest: true }, { signal })) {
    const { type, time } = datum as unknown as Members;
    if (type !== "upload" && typeof time === "string" && (newest === undefined || time > newest)) newest = time;
  }
  const readings = new Map<string, number>();
  if (newest !== undefined) {
    const to = Date.parse(newest);
    const query = { uploadId, type: ["cbg", "bolus"], startDate: new Date(to - days * day).toISOString() };
    for await (const datum of transport.readData(userId, query, { signal })) {
      const { type, time, value, normal, extended } = datum as unknown as Members;
      const instant = Date.parse(String(time));
      const amount = type === "cbg" ? value : Number(normal ?? 0) + Number(extended ?? 0);
      // Apps round, by less than a second and by less than a tenth.
      readings.set(`${String(type)} ${Math.round(instant / 1000)}`, Number(amount));
    }
  }
  return { uploadId, appName: appName ?? "(no name)", createdTime, newest, isClosed, readings };
};

const linesOf = ({ what, why, remedy }: Finding): ReadonlyArray<string> => [
  what,
  `  Why it matters: ${why}`,
  `  What to do: ${remedy}`,
  ""
];

/** Looks at all continuous sessions of an account for what doubles data, or keeps it from arriving. */
export const sessionDoctor = async (options: SessionDoctorOptions, context: CommandContext): Promise<Outcome> => {
  const { days = 14 } = options;
  if (days < 1 || days > 366) throw usageError("--days has to be 1 to 366.");
  const { signal, output } = context;
  const { transport, userId } = await connect(options, "view", context);
  const sets = (await listDataSets(transport, userId, undefined, signal)).filter(
    ({ dataSetType }) => dataSetType === "continuous"
  );
  const sessions: Array<SessionFacts> = [];
  for (const set of sets) sessions.push(await factsOf({ transport, userId, days, signal }, set));
  const findings = findingsOf(sessions);
  const about = `${counted(sessions.length, "continuous session")} of ${counted(new Set(sessions.map(({ appName }) => appName)).size, "app")}`;
  output.say(
    ...sessions.map(
      ({ appName, uploadId, newest, isClosed }) =>
        `${appName}  ${uploadId}  ${isClosed ? "closed  " : ""}${newest === undefined ? "empty" : `newest ${newest}`}`
    ),
    ""
  );
  return {
    exitCode: findings.some(({ isGrave }) => isGrave) ? exitCode.partial : exitCode.success,
    value:
      findings.length === 0
        ? [`${about}: nothing is wrong with them.`]
        : [...findings.flatMap(linesOf), `${about}, ${number(findings.length)} found.`],
    result: {
      sessions: sessions.map(({ readings, ...session }) => ({ ...session, readings: readings.size })),
      findings
    }
  };
};
