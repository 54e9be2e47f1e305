import type { Clock } from "effect/Clock";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

/**
 * One time for the engine, the transport and the sandbox: it stands still while anything is being done, and jumps to the
 * next thing that waits for it.
 */
export class VirtualTime {
  private time = Date.UTC(2026, 0, 1);
  private order = 0;
  private timers: Array<Timer> = [];
  private activity = 0;
  /** Things under way that do not wait for time. */
  private busy = 0;

  readonly now = () => this.time;

  /** Runs something that takes no virtual time, except where it sleeps through `sleepInside`. */
  async working<A>(work: () => Promise<A>): Promise<A> {
    this.busy++;
    this.activity++;
    try {
      return await work();
    } finally {
      this.busy--;
      this.activity++;
    }
  }

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const cancel = this.at(milliseconds, () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      });
      const stop = () => {
        cancel();
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", stop, { once: true });
    });

  /** A sleep within `working`. */
  readonly sleepInside = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    this.busy--;
    try {
      await this.sleep(milliseconds, signal);
    } finally {
      this.busy++;
    }
  };

  /** The same time for Effect. */
  readonly clock: Clock = {
    currentTimeMillisUnsafe: () => this.time,
    currentTimeMillis: Effect.sync(() => this.time),
    currentTimeNanosUnsafe: () => BigInt(this.time) * 1_000_000n,
    currentTimeNanos: Effect.sync(() => BigInt(this.time) * 1_000_000n),
    monotonicTimeNanosUnsafe: () => BigInt(this.time) * 1_000_000n,
    monotonicTimeNanos: Effect.sync(() => BigInt(this.time) * 1_000_000n),
    sleep: (duration) =>
      Effect.callback<void>((resume) => {
        const cancel = this.at(Duration.toMillis(duration), () => resume(Effect.void));
        return Effect.sync(cancel);
      })
  } as Clock;

  /** Lets time pass until the promise is settled. */
  async until<A>(promise: Promise<A>): Promise<A> {
    const state = { settled: false };
    void promise
      .catch(() => undefined)
      .then(() => {
        state.settled = true;
      });
    let quiet = 0;
    let seen = -1;
    let idle = 0;
    const begun = this.activity;
    while (!state.settled) {
      // The longest of 2,000 histories took 300. What happened is counted, not the turns of the event loop: of these a
      // busy machine takes any number while WebCrypto is at work in another thread.
      if (this.activity - begun > 5000) throw new Error("It goes on and on, and nothing ends.");
      // Twenty seconds or more.
      if (idle > 20_000_000) throw new Error("Something is under way, and never ends.");
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
      idle = this.activity === seen ? idle + 1 : 0;
      quiet = idle > 0 && this.busy === 0 ? quiet + 1 : 0;
      seen = this.activity;
      if (quiet < 3) continue;
      const next = this.timers.shift();
      if (!next) {
        // A compressed body is at work in another thread, of which nothing is to be seen here.
        if (idle < 1_000_000) continue;
        throw new Error("Nothing is under way, and nothing waits for time: the run hangs.");
      }
      quiet = 0;
      this.time = Math.max(this.time, next.at);
      this.activity++;
      next.fire();
    }
    return promise;
  }

  private at(milliseconds: number, fire: () => void): () => void {
    this.activity++;
    const timer = { at: this.time + Math.max(Math.ceil(milliseconds), 0), order: this.order++, fire };
    const place = this.timers.findIndex(({ at }) => at > timer.at);
    if (place < 0) this.timers.push(timer);
    else this.timers.splice(place, 0, timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }
}
