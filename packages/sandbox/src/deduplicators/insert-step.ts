import type { Step } from "../faults/step-barrier.ts";
import { sortedJson } from "../json.ts";
import type { DatumRecord } from "../store/store.ts";
import type { Work } from "./deduplicator.ts";
import type { IncomingDatum } from "./incoming-datum.ts";

/** The origin id of a datum, if it has one. */
export const originIdOf = (datum: Readonly<Record<string, unknown>>): string | undefined => {
  const origin = datum["origin"] as { readonly id?: string } | undefined;
  return origin?.id;
};

/** A member's name holds a NUL, which the platform's database cannot keep: it answers 500. */
export class UnstorableName extends Error {
  readonly _tag = "UnstorableName";
  constructor() {
    super("A member's name holds a NUL character, which cannot be stored. Rename the member.");
  }
}

const hasNulName = (value: unknown): boolean => {
  if (value === null || typeof value !== "object") return false;
  return Object.entries(value).some(([name, member]) => name.includes("\0") || hasNulName(member));
};

const toRecord = (work: Work, { datum }: IncomingDatum, hash: string | undefined): DatumRecord => {
  const { uploadId, active } = work.dataSet;
  const answered = { ...datum, uploadId, ...(hash === undefined ? {} : { _deduplicator: { hash } }) };
  const json = sortedJson(answered);
  if (json.includes("\\u0000") && hasNulName(answered)) throw new UnstorableName();
  return {
    originId: originIdOf(datum),
    type: datum.type,
    time: Date.parse(String(datum["time"])),
    hash,
    state: active ? "active" : "pending",
    json
  };
};

/** The step that stores the datums: active at once in a listed set, waiting in an open normal one. */
export const insertStep = (work: Work, hashes?: ReadonlyMap<IncomingDatum, string>): Step => {
  const run = () => {
    const records = work.datums.map((incoming) => toRecord(work, incoming, hashes?.get(incoming)));
    work.store.insertDatums(work.dataSet.uploadId, records);
  };
  return { name: "insert", run };
};
