import type { Problem } from "../look/preview.ts";
import { sayCount } from "../say/number.ts";

const total = (problems: ReadonlyArray<Problem>): number => problems.reduce((sum, { count }) => sum + count, 0);

const Reasons = ({ problems }: { readonly problems: ReadonlyArray<Problem> }) => (
  <ul>
    {problems.map(({ code, at, message, count }) => (
      <li key={code}>
        {at}
        {count > 1 && ` and ${count - 1} more`}: {message}
      </li>
    ))}
  </ul>
);

/** What of a file is not going to be uploaded: what cannot be read, and what is not meant to be. */
export const ProblemList = ({ problems }: { readonly problems: ReadonlyArray<Problem> }) => {
  const unreadable = problems.filter(({ outcome }) => outcome === "rejected");
  const leftOut = problems.filter(({ outcome }) => outcome === "skipped");
  return (
    <div className="problems">
      {unreadable.length > 0 && (
        <div className="alert">
          <strong>{sayCount(total(unreadable), "part")} of the file cannot be read.</strong> The rest can be uploaded.
          <Reasons problems={unreadable} />
        </div>
      )}
      {leftOut.length > 0 && (
        <details>
          <summary>{sayCount(total(leftOut), "record")} left out on purpose</summary>
          <Reasons problems={leftOut} />
        </details>
      )}
    </div>
  );
};
