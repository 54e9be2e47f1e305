import * as Effect from "effect/Effect";
import * as Random from "effect/Random";
import type { LedgerFailed } from "../../contract/errors/client-error.ts";
import type { Acknowledged, Sample, SessionLedger } from "../../contract/ledger.ts";
import type { DataQuery } from "../../contract/transport.ts";
import type { Engine } from "../../engine/engine.ts";
import { request } from "../../engine/request.ts";
import { invalidateAll } from "../../ledger/invalidate.ts";
import { ledgerCall } from "../../ledger/open-ledger.ts";
import { event } from "../../telemetry/recorder.ts";
import { type Found, findingsOf, readFound } from "./findings.ts";
import { type Sampler, windowSize } from "./sampler.ts";

/** Longest that the spot check may take, in milliseconds: the upload waits for it. */
const deadline = 15_000;

/** What seems missing may only be late: it is read once more after so many milliseconds. */
const recheckAfter = 1000;

/** A part of the session to read back, and what should be in it. */
export interface Part {
  readonly query: DataQuery;
  /** Datums of which all is known but the time. */
  readonly known: ReadonlyArray<Acknowledged>;
  readonly samples: ReadonlyArray<Sample>;
}

/** A session of which the ledger knows no more than a page is read whole. */
const firstPage = (ledger: SessionLedger) =>
  ledgerCall(async () => {
    const pages = ledger.unseen()[Symbol.asyncIterator]();
    const { value = [] } = (await pages.next()) as { readonly value?: ReadonlyArray<Acknowledged> };
    const isAll = value.length === 0 || (await pages.next()).done === true;
    await pages.return?.();
    return { page: value, isAll };
  });

/** Those that are about the version which the ledger claims. */
const currentSamples = (ledger: SessionLedger, samples: ReadonlyArray<Sample>) =>
  ledgerCall(async () => {
    const known = await ledger.get(samples.map(({ originId }) => originId));
    return samples.filter(({ originId, fingerprint }) => {
      const claimed = known.get(originId)?.fingerprint;
      return claimed !== undefined && claimed !== "" && claimed === fingerprint;
    });
  });

/** A stretch of time, in milliseconds, that hardly holds more than a spot check may read. */
const shortStretch = 3 * 86_400_000;

/** Neighbours of the sample at a position: all in a short stretch of time, else half of them, in as short a one as there is. */
const windowAt = (sessionId: string, samples: ReadonlyArray<Sample>, position: number): Part => {
  const first = Math.max(0, Math.min(position, samples.length - windowSize));
  const inTime = samples.slice(first, first + windowSize).sort((a, b) => a.time - b.time);
  // A source in no order of time has neighbours that are years apart.
  const isShort = inTime.at(-1)!.time - inTime[0]!.time <= shortStretch;
  const count = isShort ? inTime.length : Math.ceil(inTime.length / 2);
  let start = 0;
  const spanFrom = (from: number) => inTime[from + count - 1]!.time - inTime[from]!.time;
  for (let from = 1; from + count <= inTime.length; from++) if (spanFrom(from) < spanFrom(start)) start = from;
  const [from, to] = [inTime[start]!.time, inTime[start + count - 1]!.time];
  const query = {
    uploadId: sessionId,
    startDate: new Date(Math.floor(from)).toISOString(),
    endDate: new Date(Math.ceil(to) + 1).toISOString()
  };
  return { query, known: [], samples: inTime.filter(({ time }) => time >= from && time <= to) };
};

/** What to read back: all of a small session; else where the newest datums are, and one other stretch at random. */
const partsOf = (ledger: SessionLedger, sessionId: string, kept: ReadonlyArray<Sample>) =>
  Effect.gen(function* () {
    const { page, isAll } = yield* firstPage(ledger);
    if (page.length === 0) return [];
    const samples = yield* currentSamples(ledger, kept);
    if (isAll) return [{ query: { uploadId: sessionId }, known: page, samples }];
    if (samples.length === 0) return [];
    const newest = windowAt(sessionId, samples, samples.length);
    if (samples.length <= windowSize) return [newest];
    const position = Math.floor((yield* Random.next) * (samples.length - windowSize));
    return [newest, windowAt(sessionId, samples, position)];
  });

/** What of these parts is not as the ledger says; nothing where it cannot be read. */
const findIn = (engine: Engine, parts: ReadonlyArray<Part>): Effect.Effect<ReadonlySet<string>> =>
  Effect.gen(function* () {
    const all = new Set<string>();
    for (const { query, known, samples } of parts) {
      const printed = new Set(samples.map(({ originId }) => originId));
      const read = (signal: AbortSignal): Promise<Found> =>
        readFound(engine.client.transport.readData(engine.client.userId, query, { signal }), printed);
      const found = yield* request(engine, read, { name: "a look at the session", cautious: true, deadline });
      for (const finding of findingsOf(found, known, samples)) all.add(finding);
    }
    return all;
    // Who may write need not be allowed to read. And what fails here is met by the upload itself.
  }).pipe(Effect.catch(() => Effect.succeed(new Set<string>())));

/** What of the session is surely not as the ledger says: found twice, and nothing that sending again has not changed before. */
const findTwice = (engine: Engine, parts: ReadonlyArray<Part>, odd: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const isNews = (finding: string) => !odd.includes(finding);
    const first = [...(yield* findIn(engine, parts))].filter(isNews);
    if (first.length === 0) return [];
    yield* Effect.sleep(recheckAfter);
    const second = yield* findIn(engine, parts);
    return first.filter((finding) => second.has(finding));
  });

/** What earlier runs kept for the spot check. */
const keptIn = (ledger: SessionLedger) => ledgerCall(async () => (await ledger.samples?.()) ?? { datums: [], odd: [] });

/**
 * Checks at the start of a run whether the session still holds what the ledger says, by one small request or two, none where the
 * ledger is empty. Where something is missing, other than it was or there twice, the ledger claims nothing any more, and everything
 * is sent again: resolves to the parts that were read then, else to nothing.
 */
export const spotCheck = (
  engine: Engine,
  sessionId: string,
  ledger: SessionLedger
): Effect.Effect<ReadonlyArray<Part>, LedgerFailed> =>
  Effect.gen(function* () {
    const { datums, odd } = yield* keptIn(ledger);
    const parts = yield* partsOf(ledger, sessionId, datums);
    const findings = yield* findTwice(engine, parts, odd);
    if (findings.length === 0) return [];
    yield* invalidateAll(ledger);
    const message =
      "The session no longer holds all that was uploaded, or holds it in another form or twice: another program changed it. Everything is sent again.";
    engine.onLedger({ state: "stale", message });
    yield* event("ledgerStale", { sessionId });
    return parts;
  });

/** Findings that are remembered at most. */
const mostOdd = 1000;

/** Keeps what the next spot check needs; `suspectParts` is where this run's spot check found something. */
export const saveSamples = (
  engine: Engine,
  ledger: SessionLedger,
  sampler: Sampler,
  suspectParts: ReadonlyArray<Part>
): Effect.Effect<void, LedgerFailed> =>
  Effect.gen(function* () {
    if (!ledger.keepSamples || (sampler.isEmpty && suspectParts.length === 0)) return;
    const { datums, odd } = yield* keptIn(ledger);
    // What sending everything again has not changed is the platform's way, and no reason to do so each time.
    const left = suspectParts.length === 0 ? odd : [...(yield* findIn(engine, suspectParts))].slice(0, mostOdd);
    const samples = { datums: sampler.join(datums, engine.client.model), odd: left };
    yield* ledgerCall(async () => ledger.keepSamples?.(samples));
  });
