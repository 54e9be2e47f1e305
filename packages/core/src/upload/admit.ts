import * as Effect from "effect/Effect";
import type { LedgerFailed } from "../client-error.ts";
import type { Entry } from "../entry.ts";
import type { Acknowledged, SessionLedger } from "../ledger.ts";
import { ledgerCall } from "./flight.ts";
import { guessId } from "./guess-id.ts";
import { hashText } from "./hash.ts";
import type { Item } from "./item.ts";
import { type PrepareOptions, prepare, textOf } from "./prepare.ts";
import { type Refusal, placeOf, rejectionOf } from "./rejection.ts";
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
  /** The origin id that it seems to have. */
  readonly guess: string | undefined;
}

interface Refused extends Pick<Partial<Item>, "kind" | "originId"> {
  readonly refusal: Refusal;
}

const refuse = (run: Run, { entry, index }: Pick<Read, "entry" | "index">, { refusal, ...known }: Refused) =>
  run.report(rejectionOf(refusal, { index, at: placeOf(entry, index), ...known }));

const superseded: Refusal = {
  outcome: "skipped",
  by: "engine",
  code: "superseded",
  message: "The same datum comes again further on: that later version is sent instead."
};

type Known = ReadonlyMap<string, Acknowledged>;

/** Whether the session holds this datum in this very form, and no other version of it is under way to replace it. */
const isUnchanged = (run: Run, known: Acknowledged, fingerprint: string): boolean =>
  known.fingerprint === fingerprint && !run.chunker.isPending(known.originId);

/**
 * Sorts a page into what need not even be parsed, because the ledger knows its text under the id that it seems to have,
 * and items. The guess may be wrong: then the fingerprint is not that of the id, and the datum is parsed.
 */
const sortOut = (run: Run, reads: ReadonlyArray<Read>, guessed: Known, options: PrepareOptions) => {
  const items: Array<Item> = [];
  const seen: Array<string> = [];
  const inPage = new Set<string>();
  for (const read of reads) {
    const { entry, index, text, fingerprint, guess } = read;
    const known = guess === undefined ? undefined : guessed.get(guess);
    if (known && isUnchanged(run, known, fingerprint) && !inPage.has(known.originId)) {
      run.reporter.tally.add("unchanged", known.kind);
      seen.push(known.originId);
      continue;
    }
    const prepared = prepare(entry, text, index, fingerprint, options);
    if ("refusal" in prepared) {
      if (prepared.originId === undefined) run.unidentified = true;
      else seen.push(prepared.originId);
      refuse(run, read, prepared);
    } else {
      items.push(prepared);
      inPage.add(prepared.originId);
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

/** Puts a datum into a chunk, unless it is unchanged or clashes with another; `before` is what the ledger knows of its id. */
export const admitItem = (run: Run, item: Item, before: Acknowledged | undefined): void => {
  if (before && isUnchanged(run, before, item.fingerprint)) return run.reporter.tally.add("unchanged", before.kind);
  const other = run.kinds.see(item.originId, item.kind);
  if (other !== undefined) return run.reject(clash(item.kind, other), item);
  if (before && before.kind.split("/")[0] !== item.kind.split("/")[0]) {
    return run.reject(clash(item.kind, before.kind), item);
  }
  const replaces = before !== undefined || (run.ledger !== undefined && run.chunker.isPending(item.originId));
  const { full, superseded: older } = run.chunker.add(replaces ? { ...item, replaces } : item);
  if (older) run.reject(superseded, older);
  if (full) run.ready.push(full);
};

const nobody: Known = new Map();

/** Asks the ledger for a page: what it knows is counted, the rest goes on with what is known of earlier versions. */
const compare = (run: Run, ledger: SessionLedger, reads: ReadonlyArray<Read>, options: PrepareOptions) =>
  Effect.gen(function* () {
    const ask = (ids: ReadonlyArray<string>): Effect.Effect<Known, LedgerFailed> =>
      ids.length > 0 ? settledAnswer(run, () => ledger.get(ids)) : Effect.succeed(nobody);
    const { epoch } = run;
    const guesses = new Set<string>();
    for (const { guess } of reads) if (guess !== undefined) guesses.add(guess);
    const guessed = yield* ask([...guesses]);
    const { items, seen } = sortOut(run, reads, guessed, options);
    const ids = items.map(({ originId }) => originId);
    if (run.mirror) yield* ledgerCall(() => ledger.see([...seen, ...ids]));
    const others = yield* ask(ids.filter((id) => !guesses.has(id)));
    // What was learnt first may be outdated by now.
    const isCurrent = epoch === run.epoch;
    const before = isCurrent ? (others.size === 0 ? guessed : new Map([...guessed, ...others])) : yield* ask(ids);
    for (const item of items) admitItem(run, item, before.get(item.originId));
  });

/** Takes one entry in, where there is no ledger to ask. */
const admitEntry = (run: Run, entry: Entry, index: number, options: PrepareOptions): void => {
  const prepared = prepare(entry, textOf(entry), index, "", options);
  if ("refusal" in prepared) refuse(run, { entry, index }, prepared);
  else admitItem(run, prepared, undefined);
};

/** Takes a page of the source in: what is neither refused nor unchanged ends up in a chunk. */
export const admit = (
  run: Run,
  page: ReadonlyArray<Entry>,
  first: number,
  options: PrepareOptions
): Effect.Effect<void, LedgerFailed> => {
  const { ledger, reporter } = run;
  reporter.tally.read(page.length);
  const reads: Array<Read> = [];
  for (let offset = 0; offset < page.length; offset++) {
    const entry = page[offset]!;
    const index = first + offset;
    if ("problem" in entry) {
      run.unidentified ||= entry.problem.outcome === "rejected";
      refuse(run, { entry, index }, { refusal: { by: "source", ...entry.problem } });
    } else if (!ledger) admitEntry(run, entry, index, options);
    else {
      const text = textOf(entry);
      const fingerprint = text === undefined ? "" : hashText(text);
      reads.push({ entry, index, text, fingerprint, guess: text === undefined ? undefined : guessId(text) });
    }
  }
  return ledger ? compare(run, ledger, reads, options) : Effect.void;
};
