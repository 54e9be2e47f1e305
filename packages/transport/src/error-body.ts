import type { Issue } from "@tideway/schemas";

/** What a Tidepool's error body says, whichever of its services wrote it. */
export interface ErrorBody {
  /** Whether the body has a form that a Tidepool writes. */
  readonly known: boolean;
  /** The platform's word for the first error, where there is one. */
  readonly code: string | undefined;
  /** The router's own answer: the server has no such route. */
  readonly noRoute: boolean;
  readonly issues: ReadonlyArray<Issue>;
}

type Json = { readonly [key: string]: unknown };
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown) => (typeof value === "string" ? value : undefined);

const nothing: ErrorBody = { known: false, code: undefined, noRoute: false, issues: [] };

/** Reads all the forms: the data service's (wrapped, bare, several), the router's, the login's and the reader's. */
export function readErrorBody(body: string): ErrorBody {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return nothing;
  }
  if (!isObject(value)) return nothing;
  if (typeof value["Error"] === "string") return { known: true, code: undefined, noRoute: true, issues: [] };
  const listed = Array.isArray(value["errors"]) ? value["errors"].filter(isObject) : [value];
  const code = text(listed[0]?.["code"]);
  const known = code !== undefined || typeof value["reason"] === "string" || typeof value["message"] === "string";
  return { known, code, noRoute: false, issues: listed.map(issueOf).filter((issue) => issue !== undefined) };
}

function issueOf(error: Json): Issue | undefined {
  const code = text(error["code"]);
  const source = isObject(error["source"]) ? error["source"] : {};
  const pointer = text(source["pointer"]) ?? text(source["parameter"]);
  if (code === undefined || pointer === undefined) return undefined;
  // Only the title: the detail quotes the value that was refused.
  return { pointer, code, message: text(error["title"]) ?? code };
}
