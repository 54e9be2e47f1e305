import { type Progress, Unanswered } from "@tideway/core";
import { createMemoryTransport } from "@tideway/core/testing";
import { everyKind } from "@tideway/schemas";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createChunker } from "../../src/operations/upload/chunker.ts";
import { upload } from "../../src/operations/upload/upload.ts";
import { cbg, cbgs, wizard } from "../support/datums.ts";
import { app, uploadVirtually, virtually } from "../support/virtually.ts";

const turn = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve);
  });

/** Says how many posts are under way at once, and with the same ids. */
const watched = (delay: (post: number) => number) => {
  const flying = new Set<ReadonlySet<string>>();
  const seen = { most: 0, clashes: 0, posts: 0 };
  const transport = createMemoryTransport({
    before: async (call) => {
      if (call.name !== "postData") return;
      const ids = new Set(
        call.datums.flatMap((datum) =>
          [datum, datum["bolus"] as typeof datum | undefined].flatMap((one) =>
            one ? (one["origin"] as { id: string }).id : []
          )
        )
      );
      for (const other of flying) if ([...ids].some((id) => other.has(id))) seen.clashes++;
      flying.add(ids);
      seen.most = Math.max(seen.most, flying.size);
      for (let left = delay(seen.posts++); left > 0; left--) await turn();
      flying.delete(ids);
    }
  });
  return { transport, seen };
};

describe("promise 10: order", () => {
  it("has four chunks in flight by default, where they share no id", async () => {
    const { transport, seen } = watched(() => 5);
    await uploadVirtually({ transport }, cbgs(200), { chunkSize: 10 });
    expect(seen).toMatchObject({ most: 4, clashes: 0 });
  });

  it("never overwrites a newer version by an older one, and never has an id in flight twice", async () => {
    const versions = fc.array(fc.tuple(fc.nat(6), fc.integer({ min: 40, max: 400 })), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(versions, fc.array(fc.nat(9), { minLength: 1 }), async (history, delays) => {
        const { transport, seen } = watched((post) => delays[post % delays.length]!);
        const source = history.map(([id, value]) => cbg(id, value));
        const { receipt } = await uploadVirtually({ transport }, source, { chunkSize: 3 });
        expect(seen.clashes).toBe(0);
        const last = new Map(history);
        const stored = transport
          .stored(receipt.sessionId)
          .map((datum) => Math.round(Number(datum["value"]) * 18.01559));
        expect(stored.sort()).toEqual([...last.values()].sort());
      }),
      { numRuns: 60 }
    );
  });

  it("never has an id in flight twice in two uploads at once, either, and both get through", async () => {
    const delays = fc.array(fc.nat(9), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(8), { minLength: 1, maxLength: 30 }), delays, async (ids, pauses) => {
        const { transport, seen } = watched((post) => pauses[post % pauses.length]!);
        const one = upload(
          { transport, userId: "u", app, model: everyKind },
          ids.map((id) => cbg(id)),
          { chunkSize: 3 }
        );
        const exit = await virtually(Effect.all([one, one], { concurrency: 2 }));
        expect(Exit.isSuccess(exit)).toBe(true);
        expect(seen.clashes).toBe(0);
        expect(seen.posts).toBeGreaterThan(1);
      }),
      { numRuns: 60 }
    );
  });

  it("lets a request that went unanswered die before another upload sends the same, and says why it waits", async () => {
    let posts = 0;
    const transport = createMemoryTransport({
      before: (call) => {
        if (call.name !== "postData") return;
        if (++posts === 1) throw new Unanswered({ message: "no answer" });
      }
    });
    const waits: Array<string> = [];
    const onProgress = (event: Progress) => {
      if (event.type === "waiting") waits.push(`${event.reason} ${event.milliseconds}`);
    };
    const one = upload({ transport, userId: "u", app, model: everyKind }, [cbg(1)], { onProgress });
    const program = Effect.gen(function* () {
      const started = yield* Clock.currentTimeMillis;
      yield* Effect.all([one, one], { concurrency: 2 });
      return (yield* Clock.currentTimeMillis) - started;
    });
    const exit = await virtually(program);
    expect(Exit.isSuccess(exit) && exit.value).toBeGreaterThanOrEqual(65_000);
    expect(posts).toBe(3);
    expect(waits.join("\n")).toContain("can no longer be working on it");
  });

  it("lets a request of an upload that was given up die, too, though nothing but this program knows of it", async () => {
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let posts = 0;
    const transport = createMemoryTransport({
      between: async ({ name }) => {
        if (name === "postData" && posts++ === 0) await held;
      }
    });
    const onProgress = ({ type }: Progress) => {
      if (type === "waiting") release();
    };
    const one = upload({ transport, userId: "u", app, model: everyKind }, [cbg(1)], { onProgress });
    const program = Effect.gen(function* () {
      const given = yield* Effect.forkChild(one);
      yield* Effect.sleep(1000);
      yield* Fiber.interrupt(given);
      const started = yield* Clock.currentTimeMillis;
      yield* one;
      return (yield* Clock.currentTimeMillis) - started;
    });
    const exit = await virtually(program);
    expect(Exit.isSuccess(exit) && exit.value).toBeGreaterThanOrEqual(60_000);
    expect(posts).toBe(2);
    expect(transport.stored(transport.dataSets[0]!.uploadId)).toHaveLength(1);
  });

  it("counts embedded ids, too: a wizard waits for the bolus that it shares an id with", async () => {
    const { transport, seen } = watched(() => 5);
    const bolus = {
      type: "bolus",
      subType: "normal",
      time: "2026-01-01T00:00:00Z",
      normal: 1,
      origin: { id: "wizard-1/bolus" }
    };
    await uploadVirtually({ transport }, [bolus, cbg(1), wizard(1), cbg(2)], { chunkSize: 2 });
    expect(seen).toMatchObject({ posts: 2, most: 1, clashes: 0 });
  });

  it("does not hold back chunks that share nothing with those in flight", () => {
    const chunker = createChunker({ datums: 2, bytes: 1e6 });
    const item = (id: string) => ({
      index: 0,
      entry: { datum: undefined },
      kind: "cbg" as const,
      originId: id,
      children: [],
      json: "",
      bytes: 1,
      fingerprint: "",
      childKinds: [],
      outdates: [],
      gone: [],
      time: undefined
    });
    const chunks = ["a", "b", "c", "d", "a", "e", "f"].flatMap((id) => chunker.add(item(id)).full ?? []);
    expect(chunks.map(({ after }) => [...after].length)).toEqual([0, 0, 1]);
    expect([...chunks[2]!.after][0]).toBe(chunks[0]);
  });
});
