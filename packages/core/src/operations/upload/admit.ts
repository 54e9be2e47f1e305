import * as Effect from "effect/Effect";
import type { Entry } from "../../contract/entry.ts";
import type { LedgerFailed } from "../../contract/errors/client-error.ts";
import { type Item, idsOf } from "../../contract/item.ts";
import type { SessionLedger } from "../../contract/ledger.ts";
import { type Known, kindIn, nothingKnown } from "../../ledger/known.ts";
import { ledgerCall } from "../../ledger/open-ledger.ts";
import { guessId } from "../../prepare/guess-id.ts";
import { fingerprintOf } from "../../prepare/hash.ts";
import { prepareEntry } from "../../prepare/prepare-entry.ts";
import type { PrepareOptions } from "../../prepare/prepared.ts";
import type { Refusal } from "../../prepare/rejection.ts";
import { type TextEntry, textEntryOf } from "../../prepare/text-entry.ts";
import type { ChunkLifecycle } from "./chunk-lifecycle.ts";
import { isHeld } from "./held.ts";
import { refuse } from "./refuse.ts";
import type { RunContext } from "./run-context.ts";
import { typeOf } from "./type-of.ts";
import { withReplacedIds } from "./with-replaced-ids.ts";

/** The item that an entry makes; where it makes none, that is reported. */
const itemOf = (
  { reporter, reading }: RunContext,
  entry: Entry,
  index: number,
  fingerprint: string,
  options: PrepareOptions
): Item | undefined => {
  const prepared = prepareEntry(entry, index, fingerprint, options);
  if (!("refusal" in prepared)) return prepared;
  refuse(reporter, reading, prepared, entry, index);
  return undefined;
};

const superseded: Refusal = {
  outcome: "skipped",
  by: "engine",
  code: "superseded",
  message: "The same datum comes again further on: that later version is sent instead."
};

/**
 * A page of the source while the ledger is asked about it: in one place, to be released like the `Payload` of a request. The
 * lists are emptied, not replaced: whatever still points to one holds nothing by it.
 */
class PageComparison {
  readonly entries: Array<Entry | TextEntry> = [];
  /** The origin ids that they seem to have. */
  readonly guesses: Array<string | undefined> = [];
  /** What is asked about, and the answer. */
  readonly asked: Array<string> = [];
  known: Known = nothingKnown;
  /** What has to be sent, as far as is known. */
  readonly items: Array<Item> = [];
  /** Ids of what is there and not sent. */
  readonly seen: Array<string> = [];

  constructor(page: ReadonlyArray<Entry>, isNew: boolean) {
    for (const entry of page) {
      const written = textEntryOf(entry);
      const guess =
        !written || isNew ? undefined : written.precomputed ? written.precomputed.guess : guessId(written.text);
      this.entries.push(written ?? entry);
      this.guesses.push(guess);
      if (guess !== undefined) this.asked.push(guess);
    }
  }

  release() {
    for (const list of [this.entries, this.guesses, this.asked, this.items, this.seen]) list.length = 0;
    this.known = nothingKnown;
  }
}

/** Whether one of the ids that a datum writes is among these. */
const isAmong = (ids: ReadonlySet<string>, { originId, children }: Pick<Item, "originId" | "children">): boolean =>
  ids.size > 0 && (ids.has(originId) || children.some((id) => ids.has(id)));

/**
 * Sorts a page into what need not even be parsed, because the ledger knows its text under the id that it seems to have,
 * and items. The guess may be wrong: then the fingerprint is not that of the id, and the datum is parsed. Returns whether the
 * guesses were all the ids that the items have.
 */
const sortPage = (
  context: RunContext,
  chunks: ChunkLifecycle,
  { entries, guesses, known: guessed, items, seen }: PageComparison,
  first: number,
  options: PrepareOptions
): boolean => {
  let isAllAsked = true;
  /** Ids that are about to be written by datums further up in this page. */
  const toSend = new Set<string>();
  for (let offset = 0; offset < entries.length; offset++) {
    const entry = entries[offset]!;
    const written = textEntryOf(entry);
    const fingerprint = written ? (written.precomputed?.fingerprint ?? fingerprintOf(written)) : "";
    const guess = guesses[offset];
    const known = guess === undefined ? undefined : guessed.get(guess);
    if (known && isHeld(context, chunks, known, fingerprint, guessed) && !isAmong(toSend, known)) {
      context.reporter.tally.add("unchanged", known.kind);
      if (context.mirror) seen.push(...idsOf(known));
      continue;
    }
    const item = itemOf(context, entry, first + offset, fingerprint, options);
    if (!item) continue;
    items.push(item);
    toSend.add(item.originId);
    for (const id of item.children) toSend.add(id);
    isAllAsked &&= item.originId === guess && item.children.length === 0;
  }
  return isAllAsked;
};

const clash = (kind: string, other: string): Refusal => ({
  outcome: "rejected",
  by: "engine",
  code: "origin-id-of-two-kinds",
  message: `Its origin id, or that of a datum inside it, is already that of a ${other}: this ${kind} would erase that one. Give each its own origin id.`
});

/** The kind of another type that one of an item's ids already has, if any. Another sub type makes a newer version. */
const otherKind = ({ kinds }: RunContext, item: Item, known: Known): string | undefined => {
  const seen = kinds.see(item.originId, item.kind);
  if (seen !== undefined) return seen;
  const before = kindIn(known, item.originId);
  if (before !== undefined && typeOf(before) !== typeOf(item.kind)) return before;
  for (const [index, id] of item.children.entries()) {
    // Some give a datum and what is inside it one id: the platform keeps both.
    if (id === item.originId) continue;
    const kind = item.childKinds[index]!;
    const other = kinds.see(id, kind) ?? kindIn(known, id);
    if (other !== undefined && typeOf(other) !== typeOf(kind)) return other;
  }
  return undefined;
};

/** Puts a datum into a chunk, unless it is unchanged or clashes with another; `known` is what the ledger says of its ids. */
export const admitItem = (context: RunContext, chunks: ChunkLifecycle, item: Item, known: Known): void => {
  const { reporter, ledger } = context;
  const before = known.get(item.originId);
  if (before && isHeld(context, chunks, before, item.fingerprint, known)) {
    reporter.tally.add("unchanged", before.kind);
    return;
  }
  const other = otherKind(context, item, known);
  if (other !== undefined) {
    reporter.rejectItem(clash(item.kind, other), item);
    return;
  }
  const older = chunks.add(ledger ? withReplacedIds(chunks, item, known) : item);
  if (older) reporter.rejectItem(superseded, older);
};

/**
 * Asks the ledger about the ids of the page and what is inside them, until the answer was not overtaken by a chunk that began
 * or ended meanwhile.
 */
const ask = (chunks: ChunkLifecycle, ledger: SessionLedger, comparison: PageComparison) =>
  Effect.gen(function* () {
    comparison.known = nothingKnown;
    if (comparison.asked.length === 0) return;
    for (let epoch = -1; epoch !== chunks.epoch;) {
      epoch = chunks.epoch;
      yield* ledgerCall(async () => {
        const known = await ledger.get(comparison.asked);
        const inside = [...known.values()].flatMap(({ kind, children }) => (kind === "inside" ? [] : children));
        comparison.known = inside.length === 0 ? known : new Map([...(await ledger.get(inside)), ...known]);
      });
    }
  });

/** Takes pages of a source in: what is neither refused nor unchanged ends up in a chunk. */
export class Admission {
  private readonly context: RunContext;
  private readonly chunks: ChunkLifecycle;
  private readonly options: PrepareOptions;
  /** Whether the ledger knew nothing of the last page: then the next one is not likely to be known, either. */
  private isNew = false;

  constructor(context: RunContext, chunks: ChunkLifecycle, options: PrepareOptions) {
    this.context = context;
    this.chunks = chunks;
    this.options = options;
  }

  /** Takes a page in, whose first entry has that position in the source. */
  admit(page: ReadonlyArray<Entry>, first: number): Effect.Effect<void, LedgerFailed> {
    const { context, chunks, options } = this;
    const { ledger, reporter } = context;
    reporter.tally.read(page.length);
    if (ledger) return this.compare(ledger, new PageComparison(page, this.isNew), first);
    for (let offset = 0; offset < page.length; offset++) {
      const item = itemOf(context, page[offset]!, first + offset, "", options);
      if (item) admitItem(context, chunks, item, nothingKnown);
    }
    return Effect.void;
  }

  /** Asks the ledger for a page: what it knows is counted, the rest goes on with what is known of earlier versions. */
  private compare(ledger: SessionLedger, comparison: PageComparison, first: number): Effect.Effect<void, LedgerFailed> {
    const { context, chunks, options } = this;
    return Effect.gen({ self: this }, function* () {
      const { asked, seen, items } = comparison;
      yield* ask(chunks, ledger, comparison);
      const { epoch } = chunks;
      const isAllAsked = sortPage(context, chunks, comparison, first, options);
      if (context.mirror) yield* ledgerCall(() => ledger.see([...seen, ...items.flatMap(idsOf)]));
      if (items.length === 0) return;
      // What was learnt first may be outdated by now, or not be about all of them.
      if (epoch !== chunks.epoch || !isAllAsked) {
        asked.length = 0;
        for (const item of items) asked.push(item.originId, ...item.children);
        yield* ask(chunks, ledger, comparison);
      }
      this.isNew = comparison.known.size === 0;
      for (const item of items) admitItem(context, chunks, item, comparison.known);
    }).pipe(Effect.ensuring(Effect.sync(() => comparison.release())));
  }
}
