import type { DataSet } from "@tideway/schemas";
import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import type * as Fiber from "effect/Fiber";
import type { UploadOptions } from "../../contract/client.ts";
import type { ClientError } from "../../contract/errors/client-error.ts";
import type { Item } from "../../contract/item.ts";
import type { SessionLedger } from "../../contract/ledger.ts";
import type { Engine } from "../../engine/engine.ts";
import { Notifier } from "../../engine/notifier.ts";
import { StopSignal } from "../../engine/stop-signal.ts";
import { type Refusal, rejectItem } from "../../prepare/rejection.ts";
import type { Reading } from "../../source/reading.ts";
import { Sampler } from "../spot-check/sampler.ts";
import type { Part } from "../spot-check/spot-check.ts";
import type { Chunk } from "./chunk.ts";
import { type Chunker, createChunker } from "./chunker.ts";
import { createKindMemory } from "./kind-memory.ts";
import type { Reporter } from "./reporter.ts";

/** The state of one upload into one session. */
export class Run {
  declare readonly engine: Engine;
  declare readonly session: DataSet;
  declare readonly ledger: SessionLedger | undefined;
  declare readonly reading: Reading;
  declare readonly reporter: Reporter;
  declare readonly chunker: Chunker;
  readonly kinds = createKindMemory();
  declare readonly concurrency: number;
  /** Chunks in flight. */
  readonly inFlight: Array<Chunk> = [];
  /** Chunks that wait until an unanswered request is quiescent, in the order in which they have to be sent. */
  readonly parked: Array<Chunk> = [];
  /** Chunks whose sending failed for good. */
  readonly abandoned: Array<Chunk> = [];
  /** Full chunks that wait to be dispatched. */
  readonly ready: Array<Chunk> = [];
  /** Whether what is gone from the source is to be deleted. */
  declare readonly mirror: boolean;
  /** Whether the ledger knew nothing of the last page: then the next one is not likely to be known, either. */
  isNew = false;
  /** Samples of this run for the spot check of the next one. */
  readonly sampler = new Sampler();
  /** What the spot check of this run did not find as the ledger said. */
  suspectParts: ReadonlyArray<Part> = [];
  /**
   * What sends the chunks in flight. Not a FiberSet: chunks come and go all day, and a Set that is filled and emptied as often keeps
   * V8 from freeing what it held (see `removeElement`).
   */
  readonly fibers: Array<Fiber.Fiber<unknown>> = [];
  failure: ClientError | undefined;
  /** Counts what changed the ledger or what is under way, so that an answer of the ledger can be told to be outdated. */
  epoch = 0;
  chunks = 0;
  /** Something has happened to a chunk. */
  private readonly changed = new Notifier();
  /** The run cannot go on. */
  private readonly failed = Deferred.makeUnsafe<never, ClientError>();

  constructor(
    engine: Engine,
    session: DataSet,
    ledger: SessionLedger | undefined,
    reading: Reading,
    reporter: Reporter,
    options: UploadOptions
  ) {
    const { chunking, pacing } = engine.policy;
    this.engine = { ...engine, stopSignal: new StopSignal() };
    this.session = session;
    this.ledger = ledger;
    this.reading = reading;
    this.reporter = reporter;
    const datums = Math.min(Math.max(Math.trunc(options.chunkSize ?? chunking.datums), 1), 1000);
    this.chunker = createChunker({ ...chunking, datums });
    this.mirror = options.mirror ?? false;
    this.concurrency = Math.max(Math.trunc(options.concurrency ?? pacing.concurrency), 1);
  }

  /** Ends at the next thing that happens to a chunk, and fails when the run has failed: to be taken as `Notifier.change` is. */
  get change(): Effect.Effect<void, ClientError> {
    return Effect.flatMap(this.changed.change, () => (this.failure ? Effect.fail(this.failure) : Effect.void));
  }

  /** A step outside the engine, given up as soon as the run cannot go on; what it comes to after that is nobody's. */
  untilFailure<A>(step: () => Promise<A>, errorOf: (cause: unknown) => ClientError): Effect.Effect<A, ClientError> {
    return Effect.suspend(() =>
      this.failure
        ? Effect.fail(this.failure)
        : Effect.raceFirst(Effect.tryPromise({ try: step, catch: errorOf }), Deferred.await(this.failed))
    );
  }

  notify() {
    this.epoch++;
    this.changed.notify();
  }

  fail(error: ClientError) {
    if (this.failure) return;
    this.failure = error;
    this.engine.stopSignal.request();
    Deferred.doneUnsafe(this.failed, Exit.fail(error));
    this.notify();
  }

  /** Every datum that has been taken in and is neither acknowledged nor rejected, in the order of the source. */
  pendingItems(): ReadonlyArray<Item> {
    const chunks = [...this.inFlight, ...this.parked, ...this.ready, ...this.abandoned];
    const last = this.chunker.cut();
    if (last) chunks.push(last);
    return [...new Set(chunks)].flatMap(({ items }) => items).sort((a, b) => a.index - b.index);
  }

  /** How many datums may be in the session or not. */
  get inDoubt(): number {
    const chunks = new Set([...this.inFlight, ...this.parked, ...this.abandoned]);
    return [...chunks].reduce((sum, chunk) => sum + chunk.inDoubt, 0);
  }

  reject(refusal: Refusal, item: Item) {
    this.reporter.reject(rejectItem(refusal, item));
  }
}
