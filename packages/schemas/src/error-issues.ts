import type { Issue } from "./issue.ts";
import { isObject } from "./rule/object.ts";

/**
 * The forms in which the platform's services tell errors.
 *
 * - `wrapped`: `{ errors: [{ code, title, status: "409" }], meta: { trace } }`, from the older handlers
 * - `single`: `{ code, title, source: { pointer } }`, one fault of a body or a query, or no rights
 * - `several`: `{ errors: [{ code, title, source }] }`, two or more faults
 * - `router`: `{ Error: "Resource not found" }`, no such route
 * - `login`: `{ code: 401, reason }`, from the routes below `/auth`
 * - `read`: `{ status: 403, id, code, message }`, from `GET /data/{userId}`
 */
export type ErrorShape = "wrapped" | "single" | "several" | "router" | "login" | "read";

export interface ErrorIssues {
  readonly shape: ErrorShape;
  readonly issues: ReadonlyArray<Issue>;
}

/**
 * The faults that an error body of the platform tells, whatever its form; `undefined` for any other body.
 *
 * Messages are the platform's titles. Its details are left alone: they hold values of the datum.
 */
export const errorIssues = (body: unknown): ErrorIssues | undefined => {
  if (!isObject(body)) return undefined;
  if (Array.isArray(body["errors"])) {
    const faults = body["errors"].filter(isObject);
    if (faults.length === 0 || faults.length < body["errors"].length) return undefined;
    const wrapped = faults.some(({ status }) => typeof status === "string");
    return { shape: wrapped ? "wrapped" : "several", issues: faults.map(issueOf) };
  }
  if (typeof body["Error"] === "string") return one("router", "router", body["Error"]);
  if (typeof body["code"] === "number") return one("login", String(body["code"]), body["reason"]);
  if (typeof body["code"] !== "string") return undefined;
  if (typeof body["status"] === "number") return one("read", body["code"], body["message"]);
  return { shape: "single", issues: [issueOf(body)] };
};

const one = (shape: ErrorShape, code: string, message: unknown): ErrorIssues => ({
  shape,
  issues: [{ pointer: "", code, message: typeof message === "string" ? message : code }]
});

const issueOf = (fault: { readonly [key: string]: unknown }): Issue => {
  const { code, title, source } = fault;
  const name = typeof code === "string" ? code : "unknown";
  const where = isObject(source) ? source : {};
  const words = typeof title === "string" ? title : name;
  const { pointer, parameter } = where;
  return {
    pointer: typeof pointer === "string" ? pointer : "",
    code: name,
    message: typeof parameter === "string" ? `${words} (query parameter ${parameter})` : words
  };
};
