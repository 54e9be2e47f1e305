import type { Step } from "../faults/step-gate.ts";
import { sortedJson } from "../json.ts";
import type { DatumRecord } from "../store/store.ts";
import type { IncomingDatum, Work } from "./deduplicator.ts";

/** The origin id of a datum, if it has one. */
export function originIdOf(datum: Readonly<Record<string, unknown>>): string | undefined {
  const origin = datum["origin"] as { readonly id?: string } | undefined;
  return origin?.id;
}

function toRecord(work: Work, { datum }: IncomingDatum, hash: string | undefined): DatumRecord {
  const { uploadId, active } = work.dataSet;
  const answered = { ...datum, uploadId, ...(hash === undefined ? {} : { _deduplicator: { hash } }) };
  return {
    originId: originIdOf(datum),
    type: datum.type,
    time: Date.parse(String(datum["time"])),
    hash,
    state: active ? "active" : "pending",
    json: sortedJson(answered)
  };
}

/** The step that stores the datums: active at once in a listed set, waiting in an open normal one. */
export function insertStep(work: Work, hashes?: ReadonlyMap<IncomingDatum, string>): Step {
  const records = work.datums.map((incoming) => toRecord(work, incoming, hashes?.get(incoming)));
  return { name: "insert", run: () => work.store.insertDatums(work.dataSet.uploadId, records) };
}
