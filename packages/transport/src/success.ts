import type { DataSet } from "@tideway/schemas";
import { notTidepool } from "./errors.ts";
import type { Answer } from "./http.ts";
import { hasOwn, parseJson } from "./json.ts";

// What the platform says where it did what it was asked, and nothing else: a hotel's log-in page is a 200, too, and so is the
// empty answer of a proxy. Each of these throws `UnexpectedAnswer` where the answer is another.

const odd = ({ status, at, headers }: Answer, what: string) => notTidepool(status, what, at, headers);

/** The `data` of `{"data":…,"meta":{"trace":{"request":"…"}}}`, the form of the older handlers. */
const wrapped = ({ text }: Answer): unknown => {
  const body = parseJson(text);
  if (!hasOwn(body, "data") || !hasOwn(body, "meta") || !hasOwn(body.meta, "trace")) return undefined;
  const { trace } = body.meta;
  return hasOwn(trace, "request") && typeof trace.request === "string" ? body.data : undefined;
};

const isDataSet = (value: unknown): value is DataSet =>
  hasOwn(value, "uploadId") && typeof value.uploadId === "string" && value.uploadId !== "";

/** Data was sent or deleted: 200 and `{"data":[],"meta":…}`. */
export const requireDone = (answer: Answer): void => {
  const data = answer.status === 200 ? wrapped(answer) : undefined;
  if (!Array.isArray(data) || data.length > 0) throw odd(answer, "the answer is not a confirmation.");
};

/** A session was deleted: 200 and `{"data":{},"meta":…}`. */
export const requireDeleted = (answer: Answer): void => {
  const data = answer.status === 200 ? wrapped(answer) : undefined;
  const isEmpty = typeof data === "object" && data !== null && !Array.isArray(data) && Object.keys(data).length === 0;
  if (!isEmpty) throw odd(answer, "the answer is not a confirmation.");
};

/** The session that was opened: 201, wrapped. */
export const readCreated = (answer: Answer): DataSet => {
  const set = answer.status === 201 ? wrapped(answer) : undefined;
  if (!isDataSet(set)) throw odd(answer, "the answer is not a session.");
  return set;
};

/** The sessions that were asked for: 200, a bare array. */
export const readList = (answer: Answer): ReadonlyArray<DataSet> => {
  const sets = answer.status === 200 ? parseJson(answer.text) : undefined;
  if (!Array.isArray(sets) || !sets.every(isDataSet)) throw odd(answer, "the answer is not a list of sessions.");
  return sets;
};
