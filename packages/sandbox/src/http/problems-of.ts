import type { Check, Issue } from "@tideway/schemas";
import { titleOf, type Problem } from "./errors.ts";

/** What was found wrong, as the platform tells it; `metaOf` says what a pointer is about. */
export const problemsOf = (
  issues: ReadonlyArray<Issue>,
  metaOf?: (issue: Issue) => Problem["meta"]
): ReadonlyArray<Problem> =>
  issues.map((issue) => {
    const meta = metaOf?.(issue);
    return {
      code: issue.code,
      title: titleOf(issue.code),
      detail: issue.message,
      source: { pointer: issue.pointer },
      ...(meta === undefined ? {} : { meta })
    };
  });

/** Whether what was sent is no JSON for the platform's reader, though it is for this one: nested deeper than that goes. */
export const isMalformed = (check: Check): boolean =>
  !check.ok && check.issues.some(({ code }) => code === "json-malformed");
