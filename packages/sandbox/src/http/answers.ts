import { wrappedDate } from "../server-time.ts";
import type { Problem, WrappedProblem } from "./errors.ts";
import { type Trace, traceInBody } from "./trace.ts";

/** Every JSON answer of the platform says this, whatever was asked for. */
export const jsonType = "application/json; charset=utf-8";

const json = (status: number, body: string, headers?: Record<string, string>): Response =>
  new Response(body, { status, headers: { "content-type": jsonType, ...headers } });

/** An answer of the older handlers: `{"data":…,"meta":{"trace":…}}`, with a `Date` that ends in UTC. */
export const wrappedAnswer = (status: number, data: unknown, trace: Trace, now: number): Response =>
  json(status, JSON.stringify({ data, meta: { trace: traceInBody(trace) } }), { date: wrappedDate(now) });

/** Error shape A: exactly one error, its status a text. */
export const wrappedError = (problem: WrappedProblem, trace: Trace, now: number): Response => {
  const { status, code, title, detail } = problem;
  const body = { errors: [{ code, title, detail, status: String(status) }], meta: { trace: traceInBody(trace) } };
  return json(status, JSON.stringify(body), { date: wrappedDate(now) });
};

/** An answer of the newer handlers: the value itself and a line end. */
export const bareAnswer = (status: number, value: unknown): Response => json(status, `${JSON.stringify(value)}\n`);

/** Error shapes B and C: one error stands alone, several stand in a list. */
export const bareError = (status: number, problems: Problem | ReadonlyArray<Problem>): Response => {
  const list: ReadonlyArray<Problem> = "code" in problems ? [problems] : problems;
  return bareAnswer(status, list.length === 1 ? list[0] : { errors: list });
};

/** Error shape D: the router's own. */
export const routerError = (status: 404 | 405): Response =>
  json(status, JSON.stringify({ Error: status === 404 ? "Resource not found" : "Method not allowed" }));

/** What Go's server says of a request that it cannot make sense of: no handler sees it. */
export const badRequest = (): Response => {
  const headers = { "content-type": "text/plain; charset=utf-8", connection: "close" };
  return new Response("400 Bad Request", { status: 400, headers });
};

/** Error shape E: the login service's. */
export const loginError = (code: number, reason: string): Response => json(code, JSON.stringify({ code, reason }));

/** Error shape F: the reader's. */
export const readerError = (status: number, id: string, code: string, message: string): Response =>
  json(status, JSON.stringify({ status, id, code, message }));
