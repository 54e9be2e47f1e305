import type { Issue } from "@tideway/schemas";
import { titleOf, type Problem } from "./errors.ts";

/** What was found wrong, as the platform tells it; `metaOf` says what a pointer is about. */
export function problemsOf(
  issues: ReadonlyArray<Issue>,
  metaOf?: (issue: Issue) => Problem["meta"]
): ReadonlyArray<Problem> {
  return issues.map((issue) => {
    const meta = metaOf?.(issue);
    return {
      code: issue.code,
      title: titleOf(issue.code),
      detail: issue.message,
      source: { pointer: issue.pointer },
      ...(meta === undefined ? {} : { meta })
    };
  });
}
