import { counted, number } from "../output/in-words.ts";

/** What there is to know of a continuous session. */
export interface SessionFacts {
  readonly uploadId: string;
  readonly appName: string;
  readonly createdTime: string | undefined;
  /** Time of the newest datum; undefined: it is empty. */
  readonly newest: string | undefined;
  readonly isClosed: boolean;
  /** Readings and boluses of its last days: what they are and their second, with the amount. */
  readonly readings: ReadonlyMap<string, number>;
}

/** Something that is wrong with the sessions of an account, or may be. */
export interface Finding {
  /** A stable word for programs. */
  readonly code: "duplicate-sessions" | "same-data-twice" | "closed-session" | "several-apps";
  /** Whether data is doubled, or is kept from arriving. */
  readonly isGrave: boolean;
  readonly uploadIds: ReadonlyArray<string>;
  /** One sentence each, for people. */
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
}

/** Fewer may be alike by chance. */
const fewestAlike = 12;

const byAge = (a: SessionFacts, b: SessionFacts): number => {
  const [x, y] = [a.createdTime ?? "", b.createdTime ?? ""];
  return x < y ? -1 : x > y ? 1 : a.uploadId < b.uploadId ? -1 : 1;
};

const groupsOf = (sessions: ReadonlyArray<SessionFacts>): ReadonlyArray<ReadonlyArray<SessionFacts>> => {
  const groups = new Map<string, Array<SessionFacts>>();
  for (const session of sessions) groups.set(session.appName, [...(groups.get(session.appName) ?? []), session]);
  return [...groups.values()].map((group) => group.sort(byAge));
};

/** Several open sessions of one app: which one an app takes is up to the app. */
const duplicates = (sessions: ReadonlyArray<SessionFacts>): ReadonlyArray<Finding> =>
  groupsOf(sessions.filter(({ isClosed }) => !isClosed)).flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined || others.length === 0) return [];
    const full = others.filter(({ newest }) => newest !== undefined);
    const ids = others.map(({ uploadId }) => uploadId).join(", ");
    return [
      {
        code: "duplicate-sessions" as const,
        isGrave: full.length > 0,
        uploadIds: group.map(({ uploadId }) => uploadId),
        what: `${first.appName} has ${group.length} open sessions; Tideway uses the oldest, ${first.uploadId}.`,
        why:
          full.length > 0
            ? `Each replaces what is in itself only: the same datum in two of them is there twice. ${counted(full.length, "of the others holds", "of the others hold")} data.`
            : "The others are empty. An app that takes one of them next time would send everything a second time.",
        remedy:
          full.length > 0
            ? `Download the account first (\`tideway download\`). Then send what only the others hold into ${first.uploadId} by running the app, or \`tideway upload\`, again, and delete the others (${ids}) in Tidepool or by its API.`
            : `Delete the empty ones (${ids}) in Tidepool or by its API; nothing is lost by that.`
      }
    ];
  });

const closed = (sessions: ReadonlyArray<SessionFacts>): ReadonlyArray<Finding> =>
  groupsOf(sessions).flatMap((group) => {
    const all = group.filter(({ isClosed }) => isClosed);
    if (all.length === 0 || group.some(({ isClosed }) => !isClosed)) return [];
    return [
      {
        code: "closed-session" as const,
        isGrave: true,
        uploadIds: all.map(({ uploadId }) => uploadId),
        what: `Every session of ${all[0]!.appName} is closed.`,
        why: "A closed session takes no more data: an app that keeps its id fails from then on.",
        remedy:
          "`tideway upload` opens another by itself. Have an app of your own look for its session before each upload, and never close it."
      }
    ];
  });

const isAlike = (one: number, other: number): boolean => Math.abs(one - other) <= 0.1;

/** How many readings of one session the other one has, too: at most a second apart. */
const alikeIn = (one: SessionFacts, other: SessionFacts): number => {
  let alike = 0;
  for (const [key, amount] of one.readings) {
    const [type = "", second = ""] = key.split(" ");
    const near = [0, -1, 1].map((step) => other.readings.get(`${type} ${Number(second) + step}`));
    if (near.some((found) => found !== undefined && isAlike(found, amount))) alike++;
  }
  return alike;
};

const overlaps = (sessions: ReadonlyArray<SessionFacts>): ReadonlyArray<Finding> => {
  const found: Array<Finding> = [];
  for (const [index, one] of sessions.entries()) {
    for (const other of sessions.slice(index + 1)) {
      const alike = alikeIn(one, other);
      const fewer = Math.min(one.readings.size, other.readings.size);
      if (alike < fewestAlike || alike < fewer / 10) continue;
      const pair = [one, other].sort(byAge);
      found.push({
        code: "same-data-twice",
        isGrave: true,
        uploadIds: pair.map(({ uploadId }) => uploadId),
        what: `${one.appName} (${one.uploadId}) and ${other.appName} (${other.uploadId}) hold ${number(alike)} of the same readings and boluses in their last days.`,
        why: "Tidepool shows both: boluses and carbohydrates count twice, and so do readings in some reports.",
        remedy:
          "Let one of them upload this device, and stop the other. What it has sent can be deleted with its data set, after a `tideway download`."
      });
    }
  }
  return found;
};

const severalApps = (sessions: ReadonlyArray<SessionFacts>): ReadonlyArray<Finding> => {
  const used = groupsOf(sessions.filter(({ newest }) => newest !== undefined));
  if (used.length < 2) return [];
  const names = used.map(([first]) => first!.appName);
  return [
    {
      code: "several-apps",
      isGrave: false,
      uploadIds: used.map(([first]) => first!.uploadId),
      what: `${names.length} apps upload into this account: ${names.join(", ")}.`,
      why: "Each keeps to its own session and never sees what the others have sent. That is fine where each uploads other devices.",
      remedy: "Make sure that no device is uploaded by two of them."
    }
  ];
};

/** What is wrong with the sessions of an account, or may be: the gravest first. */
export const findingsOf = (sessions: ReadonlyArray<SessionFacts>): ReadonlyArray<Finding> =>
  [...overlaps(sessions), ...duplicates(sessions), ...closed(sessions), ...severalApps(sessions)].sort(
    (a, b) => Number(b.isGrave) - Number(a.isGrave)
  );
