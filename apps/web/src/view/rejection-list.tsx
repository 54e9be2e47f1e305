import { formatCount, formatNumber } from "../format/number.ts";
import { rejectionsFile } from "../worker/rejections-file.ts";
import type { RejectedDatum } from "../worker/upload-files.ts";

const shown = 50;

const headingOf = (rejections: ReadonlyArray<RejectedDatum>): string => {
  const refused = rejections.filter(({ outcome }) => outcome === "rejected").length;
  const leftOut = rejections.length - refused;
  return [
    ...(refused > 0 ? [`${formatCount(refused, "datum")} refused`] : []),
    ...(leftOut > 0 ? [`${formatCount(leftOut, "record")} left out`] : [])
  ].join(", ");
};

/** Why a datum did not get in: each rule that it breaks, or what else there was. */
const reasonsOf = ({
  code,
  message,
  issues
}: RejectedDatum): ReadonlyArray<{ readonly text: string; readonly rule: string }> =>
  issues.length === 0
    ? [{ text: message, rule: code }]
    : issues.map(({ pointer, code, message }) => ({ text: message, rule: `${pointer} ${code}` }));

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
}

/** What did not get in, where it stands and why; the whole list as a file. */
export const RejectionList = ({ rejections, others }: Props) =>
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
        {rejections.slice(0, shown).map((rejection) => (
          <li key={`${rejection.index} ${rejection.code}`}>
            <strong>
              {rejection.at}
              {rejection.kind !== undefined && `, ${rejection.kind}`}
            </strong>
            {reasonsOf(rejection).map(({ text, rule }) => (
              <span key={`${rule} ${text}`}>
                {text} <code>{rule}</code>
              </span>
            ))}
          </li>
        ))}
      </ul>
      {rejections.length > shown && (
        <p className="note">
          These are the first {shown} of {formatNumber(rejections.length)}.
        </p>
      )}
    </section>
  );
