import type { DataSet } from "@tideway/schemas";
import type { UploadOptions } from "../../contract/client.ts";
import type { SessionLedger } from "../../contract/ledger.ts";
import type { Mirror } from "../../contract/mirror-window.ts";
import type { Engine } from "../../engine/engine.ts";
import { StopSignal } from "../../engine/stop-signal.ts";
import type { Reading } from "../../source/reading.ts";
import { Sampler } from "../spot-check/sampler.ts";
import { type KindMemory, createKindMemory } from "./kind-memory.ts";
import type { Reporter } from "./reporter.ts";

/** What one upload into one session works with. None of it is replaced during a run; what changes in itself is its own owner. */
export interface RunContext {
  /** With a stop signal of the run's own. */
  readonly engine: Engine;
  readonly session: DataSet;
  readonly ledger: SessionLedger | undefined;
  readonly reading: Reading;
  readonly reporter: Reporter;
  readonly kinds: KindMemory;
  /** Picks samples for the spot check of the next run. */
  readonly sampler: Sampler;
  /** Chunks in flight together, at most. */
  readonly concurrency: number;
  /** Whether what is gone from the source is to be deleted, and where. */
  readonly mirror: Mirror;
}

export const runContextOf = (
  engine: Engine,
  session: DataSet,
  ledger: SessionLedger | undefined,
  reading: Reading,
  reporter: Reporter,
  options: UploadOptions
): RunContext => ({
  engine: { ...engine, stopSignal: new StopSignal() },
  session,
  ledger,
  reading,
  reporter,
  kinds: createKindMemory(),
  sampler: new Sampler(),
  concurrency: Math.max(Math.trunc(options.concurrency ?? engine.policy.pacing.concurrency), 1),
  mirror: options.mirror ?? false
});
