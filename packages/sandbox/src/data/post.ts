import { checkBatch, embedded, normalize, type Datum } from "@tideway/schemas";
import { deduplicatorOf } from "../deduplicators/choose.ts";
import { incomingDatum, type IncomingDatum } from "../deduplicators/incoming-datum.ts";
import type { CallerExchange } from "../exchange.ts";
import { bareError, wrappedAnswer, wrappedError } from "../http/answers.ts";
import { wrappedProblems } from "../http/errors.ts";
import { isMalformed, problemsOf } from "../http/problems-of.ts";
import { decodeJson } from "../json.ts";
import { metaOfDatums } from "./meta.ts";
import { writableDataSet } from "./writable-data-set.ts";

/** The datums in the order the platform inserts them: those that were split off from others come last. */
const incomingOf = (datums: ReadonlyArray<Datum | null>, newId: () => string): ReadonlyArray<IncomingDatum> => {
  const whole: Array<IncomingDatum> = [];
  const splitOff: Array<IncomingDatum> = [];
  for (const datum of datums) {
    if (datum === null) continue;
    const [first, second] = normalize(datum, { newId });
    if (first !== undefined) whole.push(incomingDatum(first, datum.time));
    if (second !== undefined) splitOff.push(incomingDatum(second, embedded(datum)[0]?.datum.time));
  }
  return [...whole, ...splitOff];
};

/** POST /v1/data_sets/:id/data (or datasets/:id/data): all of it or nothing; the answer names no ids and no counts. */
export const postData = async (exchange: CallerExchange): Promise<Response> => {
  const { trace, now, platform } = exchange;
  const dataSet = writableDataSet(exchange);
  if (dataSet instanceof Response) return dataSet;

  const decoded = decodeJson(await exchange.body());
  const value = decoded.ok ? (decoded.value ?? []) : undefined;
  if (!Array.isArray(value)) return wrappedError(wrappedProblems.jsonMalformed, trace, now);
  const check = checkBatch(value);
  if (isMalformed(check)) return wrappedError(wrappedProblems.jsonMalformed, trace, now);
  if (!check.ok) return bareError(400, problemsOf(check.issues, metaOfDatums(value)));

  const deduplicator = deduplicatorOf(dataSet);
  if (deduplicator === undefined) return wrappedError(wrappedProblems.internal, trace, now);
  const datums = incomingOf(value as ReadonlyArray<Datum | null>, platform.newId);
  const steps = await deduplicator.add({ store: platform.store, dataSet, datums });
  await exchange.runSteps(steps);
  return wrappedAnswer(200, [], trace, now);
};
