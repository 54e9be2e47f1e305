import { formatCount, formatNumber } from "../format/number.ts";
import type { RejectedDatum } from "../worker/upload-files.ts";
import { MendForm } from "./mend-form.tsx";
import { rejectionsFile } from "./rejections-file.ts";

/** How many places of one reason are named. */
const placesShown = 5;

const headingOf = (rejections: ReadonlyArray<RejectedDatum>): string => {
  const refused = rejections.filter(({ outcome }) => outcome === "rejected").length;
  const leftOut = rejections.length - refused;
  return [
    ...(refused > 0 ? [`${formatCount(refused, "datum")} refused`] : []),
    ...(leftOut > 0 ? [`${formatCount(leftOut, "record")} left out`] : [])
  ].join(", ");
};

interface Reason {
  readonly text: string;
  readonly rule: string;
}

/** Why a datum did not get in: each rule that it breaks, or what else there was. */
const reasonsOf = ({ code, message, issues }: RejectedDatum): ReadonlyArray<Reason> =>
  issues.length === 0
    ? [{ text: message, rule: code }]
    : issues.map(({ pointer, code, message }) => ({ text: message, rule: `${pointer} ${code}` }));

interface Group {
  readonly key: string;
  readonly outcome: RejectedDatum["outcome"];
  readonly kind: string | undefined;
  readonly reasons: ReadonlyArray<Reason>;
  readonly rejections: Array<RejectedDatum>;
}

/** The same reason once, with the places where it applies; what was refused comes before what was left out. */
const groupsOf = (rejections: ReadonlyArray<RejectedDatum>): ReadonlyArray<Group> => {
  const groups = new Map<string, Group>();
  for (const rejection of rejections) {
    const { outcome, kind } = rejection;
    const reasons = reasonsOf(rejection);
    const key = [outcome, kind ?? "", ...reasons.map(({ rule }) => rule)].join(" ");
    const group = groups.get(key) ?? { key, outcome, kind, reasons, rejections: [] };
    group.rejections.push(rejection);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => Number(a.outcome === "skipped") - Number(b.outcome === "skipped"));
};

const placesOf = (rejections: ReadonlyArray<RejectedDatum>): string => {
  const places = rejections.map(({ at }) => at);
  const more = places.length - placesShown;
  return `${places.slice(0, placesShown).join(", ")}${more > 0 ? ` and ${formatNumber(more)} more` : ""}`;
};

const save = (rejections: ReadonlyArray<RejectedDatum>): void => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(rejectionsFile(rejections));
  link.download = "rejected.ndjson";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

interface Props {
  readonly rejections: ReadonlyArray<RejectedDatum>;
  /** How many did get in, now or before. */
  readonly others: number;
  readonly onFiles: (files: ReadonlyArray<File>) => void;
}

/** What did not get in, by reason and with where it stands; the whole list, with the datums, as a file. */
export const RejectionList = ({ rejections, others, onFiles }: Props) =>
  rejections.length === 0 ? null : (
    <section aria-label="What did not get in">
      <h3>{headingOf(rejections)}</h3>
      <p>
        {others > 0 && rejections.some(({ outcome }) => outcome === "rejected") && (
          <>The rest got in: one bad datum does not hold up the others. </>
        )}
        <button type="button" onClick={() => save(rejections)}>
          Save the whole list
        </button>
      </p>
      <ul className="rejections">
        {groupsOf(rejections).map(({ key, kind, outcome, rejections: alike, reasons }) => (
          <li key={key}>
            <strong>
              {alike.length > 1 && `${formatNumber(alike.length)}: `}
              {placesOf(alike)}
              {kind !== undefined && `, ${kind}`}
            </strong>
            {reasons.map(({ text, rule }) => (
              <span key={`${rule} ${text}`}>
                {text} <code>{rule}</code>
              </span>
            ))}
            {outcome === "rejected" && <MendForm rejections={alike} onFiles={onFiles} />}
          </li>
        ))}
      </ul>
    </section>
  );
