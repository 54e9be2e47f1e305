import { formatCount } from "../format/number.ts";
import { countProblems, type Problem } from "../preview/problems.ts";

const total = (problems: ReadonlyArray<Problem>): number => countProblems(problems, () => true);

const Reasons = ({ problems }: { readonly problems: ReadonlyArray<Problem> }) => (
  <ul>
    {problems.map(({ key, at, message, count }) => (
      <li key={key}>
        {at}
        {count > 1 && ` and ${count - 1} more`}: {message}
      </li>
    ))}
  </ul>
);

const only = (problems: ReadonlyArray<Problem>, fate: Problem["fate"]) =>
  problems.filter((problem) => problem.fate === fate);

/** What of a file is not going to arrive: what cannot be read, what breaks the rules, and what is not meant to. */
export const ProblemList = ({ problems }: { readonly problems: ReadonlyArray<Problem> }) => {
  const unreadable = only(problems, "unreadable");
  const refused = only(problems, "refused");
  const leftOut = only(problems, "left out");
  return (
    <div className="problems">
      {unreadable.length > 0 && (
        <div className="alert">
          <strong>{formatCount(total(unreadable), "part")} of the file cannot be read.</strong> The rest can be
          uploaded.
          <Reasons problems={unreadable} />
        </div>
      )}
      {refused.length > 0 && (
        <div className="alert">
          <strong>{formatCount(total(refused), "datum")} will be refused.</strong> The rest will not be held up.
          <Reasons problems={refused} />
        </div>
      )}
      {leftOut.length > 0 && (
        <details>
          <summary>{formatCount(total(leftOut), "record")} left out on purpose</summary>
          <Reasons problems={leftOut} />
        </details>
      )}
    </div>
  );
};
