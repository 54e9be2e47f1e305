import { Throttled } from "@tideway/core";
import { createMemoryLedger, createMemoryTransport } from "@tideway/core/testing";
import { everyKind } from "@tideway/schemas";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import { describe, expect, it } from "vitest";
import { RateLimiter } from "../../src/engine/rate-limiter.ts";
import { upload } from "../../src/operations/upload/upload.ts";
import { defaultPacing, pauseFor } from "../../src/policy/pacing.ts";
import { cbgs } from "../support/datums.ts";
import { app, uploadVirtually, virtually } from "../support/virtually.ts";

const throttling = (times: number, retryAfter?: number) => {
  let left = times;
  return createMemoryTransport({
    before: ({ name }) => {
      if (name === "postData" && left-- > 0) {
        throw new Throttled({ message: "429", status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) });
      }
    }
  });
};

const nextTurn = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve);
  });

describe("promise 6: 429 and 503 pause everything", () => {
  it("waits as long as Retry-After says, and sends nothing in between", async () => {
    const { receipt, took } = await uploadVirtually({ transport: throttling(1, 30_000) }, cbgs(40), { chunkSize: 10 });
    expect(receipt).toMatchObject({ sent: 40 });
    expect(took).toBeGreaterThanOrEqual(30_000);
    expect(took).toBeLessThan(32_000);
    expect(receipt.requests).toBeLessThanOrEqual(8);
  });

  it("does not use up attempts", async () => {
    const policy = { retry: { attempts: 2, budget: 2 } };
    const { receipt, failure } = await uploadVirtually({ transport: throttling(30, 1000), policy }, cbgs(5));
    expect(failure).toBeUndefined();
    expect(receipt).toMatchObject({ sent: 5, requests: 31 });
  });

  it("obeys no Retry-After beyond its bound, and gives up where nothing gets on for too long", async () => {
    expect(pauseFor(defaultPacing, 1, 86_400_000, 0)).toBe(300_000);
    const { failure, took } = await uploadVirtually({ transport: throttling(1e9, 86_400_000) }, cbgs(5));
    expect(failure?.cause._tag).toBe("Throttled");
    // From the first refusal on.
    expect(took).toBeLessThanOrEqual(901_000);
  });

  it("does not take a pause of nothing for leave to ask thousands of times a second", async () => {
    for (const retryAfter of [0, -5000]) {
      const { receipt, took } = await uploadVirtually({ transport: throttling(20, retryAfter) }, cbgs(5));
      expect(receipt).toMatchObject({ sent: 5, requests: 21 });
      expect(took).toBeGreaterThan(20 * 500);
    }
    expect(pauseFor(defaultPacing, 1, 3000, 0)).toBe(3000);
  });

  it("pauses for no longer than asked where the clock is set back meanwhile", async () => {
    const rateLimiter = new RateLimiter();
    rateLimiter.throttled(defaultPacing, 3_600_000, 5000, 0);
    const pauses: Array<number> = [];
    // The virtual clock is an hour behind what the rateLimiter saw.
    await virtually(rateLimiter.run(Effect.void, { onPause: (pause) => pauses.push(pause) }));
    expect(pauses).toEqual([5000]);
  });

  it.each([2, 4, 8])("starts no request within a pause, with %i at once", async (concurrency) => {
    const exit = await virtually(
      Effect.gen(function* () {
        const clock = yield* Clock.Clock;
        let pausedUntil = 0;
        let posts = 0;
        const early: Array<number> = [];
        const transport = createMemoryTransport({
          before: async ({ name }) => {
            if (name !== "postData") return;
            const number = posts++;
            if (clock.currentTimeMillisUnsafe() < pausedUntil) early.push(number);
            // Answers come one after another, each in a turn of the event loop of its own.
            for (let turn = 0; turn <= number % concurrency; turn++) await nextTurn();
            if (number % 3 !== 1) return;
            pausedUntil = Math.max(pausedUntil, clock.currentTimeMillisUnsafe() + 5000);
            throw new Throttled({ message: "429", status: 429, retryAfter: 5000 });
          }
        });
        const ledger = createMemoryLedger();
        const options = { transport, ledger, userId: "u", app, model: everyKind };
        const receipt = yield* upload(options, cbgs(200), { chunkSize: 5, concurrency });
        return { receipt, early, throttles: posts - receipt.chunks };
      })
    );
    const { receipt, early, throttles } = Exit.getSuccess(exit).valueOrUndefined!;
    expect(receipt.sent).toBe(200);
    expect(throttles).toBeGreaterThan(10);
    expect(early).toEqual([]);
  });

  it("pauses at least half of a doubling time where the server names none", () => {
    expect(pauseFor(defaultPacing, 1, undefined, 0)).toBe(500);
    expect(pauseFor(defaultPacing, 4, undefined, 1)).toBe(8000);
    expect(pauseFor(defaultPacing, 40, undefined, 1)).toBe(300_000);
  });

  it("holds back every other client of the same server, and none of another", async () => {
    const blocked = throttling(1, 60_000);
    const [slow, fast] = await Promise.all([
      uploadVirtually({ transport: blocked }, cbgs(5)),
      uploadVirtually({ transport: createMemoryTransport() }, cbgs(5))
    ]);
    expect(slow.took).toBeGreaterThanOrEqual(60_000);
    expect(fast.took).toBeLessThan(5000);
  });

  it("lets one request through at first, then gradually more", async () => {
    const rateLimiter = new RateLimiter();
    let atOnce = 0;
    let most = 0;
    const waves: Array<number> = [];
    const request = Effect.gen(function* () {
      most = Math.max(most, ++atOnce);
      yield* Effect.promise(() => Promise.resolve());
      atOnce--;
      rateLimiter.succeeded();
    });
    const wave = Effect.gen(function* () {
      most = 0;
      yield* Effect.all(
        Array.from({ length: 4 }, () => rateLimiter.run(request)),
        { concurrency: 4 }
      );
      waves.push(most);
    });
    const throttled = rateLimiter.run(
      Effect.sync(() => {
        rateLimiter.throttled({ ...defaultPacing, firstPause: 0 }, 0, undefined, 0);
      })
    );
    await Effect.runPromise(
      Effect.all([rateLimiter.run(Effect.never.pipe(Effect.timeout(1), Effect.ignore)), throttled], { concurrency: 2 })
    );
    for (let index = 0; index < 4; index++) await Effect.runPromise(wave);
    expect(waves[0]).toBeLessThan(4);
    expect(waves.at(-1)).toBe(4);
  });
});
