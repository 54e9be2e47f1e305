import type { Rejection } from "@tideway/core";

/** A reason why parts of the files are not going to arrive. */
export interface Problem {
  /** `unreadable`: no datum; `refused`: a datum that breaks the platform's rules; `left out`: not for upload, and that is fine. */
  readonly fate: "unreadable" | "refused" | "left out";
  /** A stable word for the reason, such as `inside-another`. */
  readonly code: string;
  /** Parts with the same key have the same reason. */
  readonly key: string;
  /** Where the first such part stands, and what is said about it. */
  readonly at: string;
  readonly message: string;
  readonly count: number;
}

const fateOf = ({ outcome, by, code }: Rejection): Problem["fate"] => {
  if (outcome === "skipped") return "left out";
  return by === "source" || code === "not-json" || code === "not-an-object" ? "unreadable" : "refused";
};

/** Gathers the engine's rejections by their reason. */
export class ProblemsByReason {
  readonly #byKey = new Map<string, Problem>();

  add(rejection: Rejection): void {
    const { kind, at, by, code, message, issues } = rejection;
    const fate = fateOf(rejection);
    const [issue] = issues;
    const key = [fate, by, kind ?? "", issue?.pointer ?? "", issue?.code ?? code].join(" ");
    const said = `${kind === undefined || fate !== "refused" ? "" : `${kind}: `}${issue?.message ?? message}`;
    const first = this.#byKey.get(key) ?? { fate, code, key, at, message: said, count: 0 };
    this.#byKey.set(key, { ...first, count: first.count + 1 });
  }

  /** One for each reason, in the order in which they came. */
  get list(): ReadonlyArray<Problem> {
    return [...this.#byKey.values()];
  }
}

/** How many parts have one of these fates, or one of these codes. */
export const countProblems = (problems: ReadonlyArray<Problem>, isMeant: (problem: Problem) => boolean): number =>
  problems.reduce((sum, problem) => sum + (isMeant(problem) ? problem.count : 0), 0);
