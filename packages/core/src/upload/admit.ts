import * as Effect from "effect/Effect";
import type { LedgerFailed } from "../client-error.ts";
import type { Entry } from "../entry.ts";
import type { Acknowledged, Match } from "../ledger.ts";
import { ledgerCall } from "./flight.ts";
import { hashText } from "./hash.ts";
import type { Item } from "./item.ts";
import { type PrepareOptions, prepare, textOf } from "./prepare.ts";
import { type Refusal, rejectionOf } from "./rejection.ts";
import type { Run } from "./run.ts";

/** An answer of the ledger that was not overtaken by a chunk that began or ended meanwhile. */
const settledAnswer = <A>(run: Run, ask: () => Promise<A>): Effect.Effect<A, LedgerFailed> =>
  Effect.gen(function* () {
    for (;;) {
      const { epoch } = run;
      const answer = yield* ledgerCall(ask);
      if (epoch === run.epoch) return answer;
    }
  });

/** One entry with what is known of it before it is parsed. */
interface Read {
  readonly entry: Entry;
  readonly index: number;
  readonly text: string | undefined;
  readonly fingerprint: string;
}

const placeOf = ({ entry, index }: Read) => entry.at ?? `datum ${index}`;

const refuse = (run: Run, read: Read, refusal: Refusal, known: Pick<Partial<Item>, "kind" | "originId"> = {}) =>
  run.report(rejectionOf(refusal, { index: read.index, at: placeOf(read), ...known }));

const superseded: Refusal = {
  outcome: "skipped",
  by: "engine",
  code: "superseded",
  message: "The same datum comes again further on: that later version is sent instead."
};

/**
 * The datums of a page that have to be sent. What is in the session in this very form is counted, without being parsed;
 * but not where another version of it is under way or came before it in this page, which it has to replace.
 */
const changedOf = (
  run: Run,
  reads: ReadonlyArray<Read>,
  matches: ReadonlyArray<Match | undefined>,
  options: PrepareOptions
) => {
  const items: Array<Item> = [];
  const seen: Array<string> = [];
  const inPage = new Set<string>();
  for (const [position, read] of reads.entries()) {
    const match = matches[position];
    if (match && !run.chunker.isPending(match.originId) && !inPage.has(match.originId)) {
      run.reporter.tally.add("unchanged", match.kind);
      seen.push(match.originId);
      continue;
    }
    const { entry, index, text, fingerprint } = read;
    const at = () => placeOf(read);
    const prepared = prepare(entry, text, { index, at, fingerprint, replaces: false }, options);
    if ("item" in prepared) {
      items.push(prepared.item);
      if (matches.length > 0) inPage.add(prepared.item.originId);
    } else {
      if (prepared.originId === undefined) run.unidentified = true;
      else seen.push(prepared.originId);
      refuse(run, read, prepared.refusal, prepared);
    }
  }
  return { items, seen };
};

const clash = (kind: string, other: string): Refusal => ({
  outcome: "rejected",
  by: "engine",
  code: "origin-id-of-two-kinds",
  message: `Its origin id is already that of a ${other}: as a ${kind} it would erase that one. Give each its own origin id.`
});

const admitItem = (run: Run, item: Item, known: ReadonlyMap<string, Acknowledged>): void => {
  const other = run.kinds.see(item.originId, item.kind);
  if (other !== undefined) return run.reject(clash(item.kind, other), item);
  const before = known.get(item.originId);
  if (before && before.kind.split("/")[0] !== item.kind.split("/")[0]) {
    return run.reject(clash(item.kind, before.kind), item);
  }
  const replaces = before !== undefined || run.chunker.isPending(item.originId);
  const { full, superseded: older } = run.chunker.add(replaces ? { ...item, replaces } : item);
  if (older) run.reject(superseded, older);
  if (full) run.ready.push(full);
};

/** Takes a page of the source in: what is neither refused nor unchanged ends up in a chunk. */
export const admit = (run: Run, page: ReadonlyArray<Entry>, first: number, options: PrepareOptions) =>
  Effect.gen(function* () {
    const { ledger, reporter } = run;
    reporter.tally.read(page.length);
    const reads: Array<Read> = [];
    for (const [offset, entry] of page.entries()) {
      const index = first + offset;
      const text = textOf(entry);
      const fingerprint = ledger && text !== undefined ? hashText(text) : "";
      const read = { entry, index, text, fingerprint };
      if ("problem" in entry) {
        run.unidentified ||= entry.problem.outcome === "rejected";
        refuse(run, read, { by: "source", ...entry.problem });
      } else reads.push(read);
    }
    const asked = reads.map(({ fingerprint }) => fingerprint);
    const matches = ledger ? yield* settledAnswer(run, () => ledger.match(asked)) : [];
    const { items, seen } = changedOf(run, reads, matches, options);
    if (ledger && run.mirror) yield* ledgerCall(() => ledger.see([...seen, ...items.map(({ originId }) => originId)]));
    const known = ledger
      ? yield* settledAnswer(run, () => ledger.get(items.map(({ originId }) => originId)))
      : new Map<string, Acknowledged>();
    for (const item of items) admitItem(run, item, known);
  });
