import type { Acknowledged, Sample } from "../../contract/ledger.ts";
import { printOf } from "../verify/expected.ts";

type Members = Readonly<Record<string, unknown>>;

/** A spot check reads no more than this: whether anything is missing is not known then. */
const mostRead = 5000;

/** What the session was found to hold. */
export interface Found {
  /** How often each datum is there, by type and id, and the print of the one that came last. */
  readonly byKey: ReadonlyMap<string, { readonly count: number; readonly print: string }>;
  /** How often each id is there, in whatever type. */
  readonly byId: ReadonlyMap<string, number>;
  /** Whether all that was asked for was read. */
  readonly isWhole: boolean;
}

/** A datum and what is inside it may have one id: those differ in type. */
const keyOf = (type: string, originId: string) => `${type} ${originId}`;

/** Reads what comes back, and stops where it is too much. Prints are taken of those ids only. */
export const readFound = async (datums: AsyncIterable<unknown>, printed: ReadonlySet<string>): Promise<Found> => {
  const byKey = new Map<string, { count: number; print: string }>();
  const byId = new Map<string, number>();
  let read = 0;
  for await (const datum of datums as AsyncIterable<Members>) {
    const id = (datum["origin"] as Members | undefined)?.["id"];
    if (datum["type"] === "upload" || typeof id !== "string") continue;
    if (++read > mostRead) return { byKey, byId, isWhole: false };
    const key = keyOf(String(datum["type"]), id);
    const count = (byKey.get(key)?.count ?? 0) + 1;
    byKey.set(key, { count, print: printed.has(id) ? printOf(datum) : "" });
    byId.set(id, (byId.get(id) ?? 0) + 1);
  }
  return { byKey, byId, isWhole: true };
};

const typeOf = ({ kind }: Acknowledged) => kind.split("/")[0]!;

/** What is not as it was acknowledged: `missing cbg abc`, one text for each, the same each time. */
export const findingsOf = (
  found: Found,
  known: ReadonlyArray<Acknowledged>,
  samples: ReadonlyArray<Sample>
): ReadonlySet<string> => {
  const findings = new Set<string>();
  const check = (name: string, count: number) => {
    if (count === 0 && found.isWhole) findings.add(`missing ${name}`);
    if (count > 1) findings.add(`doubled ${name}`);
  };
  for (const entry of known) {
    const { originId, fingerprint, kind } = entry;
    // Of these the ledger claims nothing.
    if (fingerprint === "" || kind === "unknown") continue;
    const key = keyOf(typeOf(entry), originId);
    // The type of what is a part of another datum is not known.
    check(key, (kind === "inside" ? found.byId.get(originId) : found.byKey.get(key)?.count) ?? 0);
  }
  for (const { originId, type, print } of samples) {
    const key = keyOf(type, originId);
    const there = found.byKey.get(key);
    check(key, there?.count ?? 0);
    if (there && there.print !== print) findings.add(`different ${key} ${there.print}`);
  }
  return findings;
};
