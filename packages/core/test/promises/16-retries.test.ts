import { Forbidden, ServerFailed, Unreachable, fromUnknown } from "@tideway/core";
import { createMemoryTransport } from "@tideway/core/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RetryBudget } from "../../src/engine/retry-budget.ts";
import { backoff, defaultRetry } from "../../src/policy/retry.ts";
import { cbgs } from "../support/datums.ts";
import { uploadVirtually } from "../support/virtually.ts";

const failing = (error: () => Error, times = Number.POSITIVE_INFINITY) => {
  let left = times;
  return createMemoryTransport({
    before: ({ name }) => {
      if (name === "postData" && left-- > 0) throw error();
    }
  });
};

const down = () => new ServerFailed({ message: "500", status: 500 });

describe("promise 16: retries", () => {
  it("waits anything up to a doubling, capped time: full jitter", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const wait = backoff(defaultRetry, attempt, random);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(Math.min(250 * 2 ** (attempt - 1), 30_000));
      })
    );
    expect(backoff(defaultRetry, 3, 1)).toBe(1000);
    expect(backoff(defaultRetry, 3, 0)).toBe(0);
  });

  it("tries again what may go well, and never what cannot", async () => {
    const transient = await uploadVirtually({ transport: failing(down, 5) }, cbgs(3));
    expect(transient.receipt).toMatchObject({ sent: 3, requests: 6 });
    const forbidden = () => new Forbidden({ message: "Not yours.", status: 403 });
    const permanent = await uploadVirtually({ transport: failing(forbidden) }, cbgs(3));
    expect(permanent.receipt).toMatchObject({ sent: 0, requests: 1 });
    expect(permanent.failure?.cause._tag).toBe("Forbidden");
  });

  it("has one budget for the whole upload, and one chunk acknowledged gives one retry back", () => {
    const retryBudget = new RetryBudget({ ...defaultRetry, budget: 3 });
    const ask = () => retryBudget.nextDelay(1, true, 0, 0);
    expect([ask(), ask(), ask(), ask()]).toEqual([0, 0, 0, undefined]);
    retryBudget.progressed();
    expect([ask(), ask()]).toEqual([0, undefined]);
  });

  it("gives up when nothing got on for a time, and then at once", async () => {
    const policy = { retry: { attempts: 1e6, budget: 1e6, patience: 120_000 } };
    const { failure, took } = await uploadVirtually({ transport: failing(down), policy }, cbgs(3));
    expect(failure?.cause._tag).toBe("ServerFailed");
    expect(took).toBeGreaterThan(60_000);
    expect(took).toBeLessThanOrEqual(120_000);
  });

  it("does not count time in which nothing was wrong: a first failure after a long silence is tried again", async () => {
    const retryBudget = new RetryBudget(defaultRetry);
    expect(retryBudget.nextDelay(1, true, 0, 0)).toBe(0);
    retryBudget.succeeded();
    expect(retryBudget.nextDelay(1, true, 3_600_000, 0)).toBe(0);
    expect(retryBudget.exceedsPatience(3_600_000 + 899_000, 0)).toBe(false);
    expect(retryBudget.exceedsPatience(3_600_000 + 901_000, 0)).toBe(true);
  });

  it("counts attempts anew when there was progress", async () => {
    let posts = 0;
    const transport = createMemoryTransport({
      before: ({ name }) => {
        // Two of three posts fail: more in all than one request may use up, but never so many in a row.
        if (name === "postData" && posts++ % 3 < 2) throw down();
      }
    });
    const policy = { retry: { attempts: 4 } };
    const { receipt } = await uploadVirtually({ transport, policy }, cbgs(100), { chunkSize: 5, concurrency: 1 });
    expect(receipt).toMatchObject({ sent: 100, requests: 60 });
  });

  it("tells soon of a server that was never reached", async () => {
    const transport = createMemoryTransport({
      before: () => {
        throw new Unreachable({ message: "Nobody answers at that address." });
      }
    });
    const { failure, took } = await uploadVirtually({ transport }, cbgs(3));
    expect(failure?.cause._tag).toBe("Unreachable");
    expect(transport.calls).toHaveLength(3);
    expect(took).toBeLessThan(2000);
  });

  it("is repeatable: the same seed waits the same", async () => {
    const run = () => uploadVirtually({ transport: failing(down, 8) }, cbgs(3));
    const waits = (events: Awaited<ReturnType<typeof run>>["events"]) =>
      events.flatMap((event) => (event.type === "waiting" ? [event.milliseconds] : []));
    const first = waits((await run()).events);
    expect(first).toHaveLength(8);
    expect(waits((await run()).events)).toEqual(first);
  });

  it("takes anything thrown in through one door", () => {
    const known = down();
    expect(fromUnknown(known)).toBe(known);
    expect(fromUnknown(new TypeError("x"))).toMatchObject({ _tag: "InternalError" });
    expect(fromUnknown("x")).toMatchObject({ _tag: "InternalError", cause: "x" });
  });
});
