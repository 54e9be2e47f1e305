import type { CallerExchange } from "../exchange.ts";
import { bareAnswer, bareError, jsonType, wrappedAnswer } from "../http/answers.ts";
import { bareProblems } from "../http/errors.ts";
import { wrappedDate } from "../server-time.ts";
import type { DataSetRecord } from "../store/store.ts";

type Body = DataSetRecord["body"];

const times = ["time", "deletedTime"] as const;
/** How a year stands that has not four digits. */
const strangeYear = /^[+-]/;

/** Whether the platform can write a data set as JSON: it cannot where a time is outside the years 0 to 9999 in UTC. */
const isWritable = (body: Body): boolean => times.every((name) => !strangeYear.test(String(body[name] ?? "")));

/** Wrapped data sets. What cannot be written is found when the status is under way already: the body stays empty. */
export const wrappedDataSets = (
  status: number,
  data: Body | ReadonlyArray<Body>,
  { trace, now }: CallerExchange
): Response => {
  if (listOf(data).every(isWritable)) return wrappedAnswer(status, data, trace, now);
  return new Response(null, { status, headers: { "content-type": jsonType, date: wrappedDate(now) } });
};

/** Bare data sets; a 500 where one cannot be written. */
export const bareDataSets = (data: Body | ReadonlyArray<Body>): Response =>
  listOf(data).every(isWritable) ? bareAnswer(200, data) : bareError(500, bareProblems.internal);

const listOf = (data: Body | ReadonlyArray<Body>): ReadonlyArray<Body> =>
  Array.isArray(data) ? (data as ReadonlyArray<Body>) : [data as Body];
