import { errorIssues, type Issue } from "@tideway/schemas";
import { hasOwn, parseJson } from "./json.ts";

/** What a Tidepool's error body says, whichever of its services wrote it. */
export interface ErrorBody {
  /** Whether the body has a form that a Tidepool writes. */
  readonly known: boolean;
  /** The router's own answer: the server has no such route. */
  readonly noRoute: boolean;
  /** The platform's word for the first error, where there is one. */
  readonly code: string | undefined;
  /** Only what points into the request's body. */
  readonly issues: ReadonlyArray<Issue>;
}

/** Reads an error body. */
export const readErrorBody = (text: string): ErrorBody => {
  const body = parseJson(text);
  const told = errorIssues(body);
  return {
    // The rights service has a form of its own.
    known: told !== undefined || (hasOwn(body, "statusCode") && hasOwn(body, "message")),
    noRoute: told?.shape === "router",
    code: told?.issues[0]?.code,
    issues: told?.issues.filter(({ pointer }) => pointer !== "") ?? []
  };
};
