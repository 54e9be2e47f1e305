import type { Settings } from "../settings.ts";
import type { FleetLimiter } from "../throttle/fleet-limiter.ts";
import { armDue } from "./arm-due.ts";
import { heartbeat } from "./ensure-queues.ts";
import { outcomeOf, type Outcome } from "./outcome.ts";
import { type HeldJob, settleJob } from "./settle-job.ts";
import { uploadPending } from "./upload-pending.ts";

/** A signal that can be listened for. */
export type DrainSignal = "SIGTERM" | "SIGINT" | "SIGHUP" | "SIGBREAK" | "SIGUSR1" | "SIGUSR2";

/** How one process works. */
export interface WorkOptions {
  /** Users uploaded for at once, at least 1. Default: 20. */
  readonly concurrency?: number;
  /** How often an empty queue is looked at, in milliseconds, at least 10. Default: 500. */
  readonly poll?: number;
  /** How often due users are looked for, in milliseconds, at least 10. Default: 10,000. */
  readonly armEvery?: number;
  /** Signals at which the worker drains. Default: `SIGTERM` and `SIGINT`. */
  readonly signals?: ReadonlyArray<DrainSignal>;
  /** Hears what became of each job. Default: nobody does. */
  readonly onOutcome?: (userId: string, outcome: Outcome) => void;
}

/** A worker that was started. */
export interface FleetWorker {
  /**
   * Drains: takes no further job, ends running uploads between two chunks, and hands their jobs back, so that another worker goes on at
   * once. Resolves when nothing runs any more.
   */
  stop(): Promise<void>;
  /** Jobs that run now. */
  readonly active: number;
}

/** How many jobs a command reached: documented by pg-boss, and left out of its types. */
const touched = (answer: object): number => Number((answer as { readonly affected?: number }).affected);

interface Running {
  readonly job: HeldJob;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/** Fetches jobs as long as it has room for them, and sees to it that PostgreSQL knows they are worked on. */
export class Worker implements FleetWorker {
  private readonly settings: Settings;
  private readonly limiter: FleetLimiter;
  private readonly concurrency: number;
  private readonly poll: number;
  private readonly onOutcome: (userId: string, outcome: Outcome) => void;
  private readonly signals: ReadonlyArray<DrainSignal>;
  private readonly running = new Map<string, Running>();
  private readonly timers: ReadonlyArray<NodeJS.Timeout>;
  private readonly fetching: Promise<void>;
  private stopping = false;
  /** Ends the pause between two fetches. */
  private wake: () => void = () => undefined;

  constructor(
    settings: Settings,
    limiter: FleetLimiter,
    { concurrency = 20, poll = 500, armEvery = 10_000, signals = ["SIGTERM", "SIGINT"], onOutcome }: WorkOptions
  ) {
    if (!(concurrency >= 1)) throw new RangeError(`concurrency has to be at least 1, not ${concurrency}.`);
    if (!(poll >= 10 && armEvery >= 10)) throw new RangeError("poll and armEvery have to be at least 10 milliseconds.");
    this.settings = settings;
    this.limiter = limiter;
    this.concurrency = concurrency;
    this.poll = poll;
    this.signals = signals;
    this.onOutcome = onOutcome ?? (() => undefined);
    this.timers = [
      setInterval(() => void this.tellAlive(), (heartbeat * 1000) / 3),
      setInterval(() => void this.arm(), armEvery)
    ];
    for (const signal of signals) process.once(signal, this.drain);
    this.fetching = this.fetchJobs();
  }

  get active(): number {
    return this.running.size;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    for (const signal of this.signals) process.off(signal, this.drain);
    await this.fetching;
    for (const { abort } of this.running.values()) abort.abort(new Error("The worker is stopping."));
    await Promise.all([...this.running.values()].map(({ ended }) => ended));
    for (const timer of this.timers) clearInterval(timer);
  }

  private readonly drain = () => void this.stop();

  private async fetchJobs() {
    const { boss, queue, onError } = this.settings;
    while (!this.stopping) {
      try {
        const room = this.concurrency - this.running.size;
        if (room === 0 || (await this.isPaused())) {
          await this.pause(this.poll);
          continue;
        }
        const jobs = await boss.fetch(queue, { batchSize: room });
        for (const job of jobs) this.start(job as HeldJob);
        // With room left there is nothing to fetch; without, the next one to end makes some.
        await this.pause(this.poll);
      } catch (error) {
        onError(error);
        await this.pause(Math.max(this.poll, 1000));
      }
    }
  }

  private async isPaused(): Promise<boolean> {
    const { pool, schema } = this.settings;
    const { rows } = await pool.query(`SELECT 1 FROM ${schema}.fleet_pause`);
    return rows.length > 0 || (await this.limiter.pauseLeft()) > 0;
  }

  private pause(milliseconds: number) {
    if (this.stopping) return undefined;
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private start(job: HeldJob) {
    const abort = new AbortController();
    const ended = this.run(job, abort.signal).finally(() => {
      const wasFull = this.running.size >= this.concurrency;
      this.running.delete(job.id);
      // Those that end in the same moment make room together, and are replaced by one fetch.
      if (wasFull) setTimeout(() => this.wake(), 2);
    });
    this.running.set(job.id, { job, abort, ended });
  }

  private async run(job: HeldJob, signal: AbortSignal): Promise<void> {
    const { userId } = job.data;
    try {
      const outcome = await uploadPending(this.settings, this.limiter, userId, signal).catch(async (thrown) =>
        outcomeOf(thrown, await this.limiter.pauseLeft())
      );
      await settleJob(this.settings, job, outcome);
      this.onOutcome(userId, outcome);
    } catch (error) {
      // It could not be written down: the job's signs of life end, and pg-boss gives it to somebody.
      this.settings.onError(error);
    }
  }

  /** One statement for all jobs; where one of them is no longer ours, it is found and ended. */
  private async tellAlive() {
    const { boss, queue, onError } = this.settings;
    const attempts = [...this.running.values()].map(({ job: { id, retryCount } }) => ({ id, retryCount }));
    if (attempts.length === 0) return;
    try {
      if (touched(await boss.touch(queue, attempts)) === attempts.length) return;
      for (const attempt of attempts) {
        if (touched(await boss.touch(queue, attempt)) > 0) continue;
        this.running.get(attempt.id)?.abort.abort(new Error("Another worker has this job by now."));
      }
    } catch (error) {
      onError(error);
    }
  }

  private async arm() {
    try {
      if ((await armDue(this.settings)) > 0) this.wake();
    } catch (error) {
      this.settings.onError(error);
    }
  }
}
