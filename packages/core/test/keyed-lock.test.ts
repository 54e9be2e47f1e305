import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { expect, it } from "vitest";
import { KeyedLock } from "../src/engine/keyed-lock.ts";

/** An operation that says when it begins and ends, and ends when it is told to. */
const operation = (name: string, told: Array<string>) => {
  const gate = Deferred.makeUnsafe<void>();
  const effect = Effect.gen(function* () {
    told.push(`${name} begins`);
    yield* Deferred.await(gate);
    told.push(`${name} ends`);
  });
  return { effect, end: () => Deferred.doneUnsafe(gate, Effect.void) };
};

const turns = Effect.repeat(Effect.yieldNow, { times: 10 });

it("lets one operation of a name run at a time, and others beside it", () =>
  Effect.runPromise(
    Effect.gen(function* () {
      const told: Array<string> = [];
      const lock = new KeyedLock();
      const [a, b, other] = [operation("a", told), operation("b", told), operation("other", told)];
      const fibers = [
        yield* Effect.forkChild(lock.withLock("x", a.effect)),
        yield* Effect.forkChild(lock.withLock("x", b.effect)),
        yield* Effect.forkChild(lock.withLock("y", other.effect))
      ];
      yield* turns;
      expect(told).toEqual(["a begins", "other begins"]);
      a.end();
      b.end();
      other.end();
      yield* Fiber.awaitAll(fibers);
      expect(told.filter((line) => !line.startsWith("other"))).toEqual(["a begins", "a ends", "b begins", "b ends"]);
    })
  ));

it("lets nobody in early when one that waits is interrupted, and goes on when the holder is", () =>
  Effect.runPromise(
    Effect.gen(function* () {
      const told: Array<string> = [];
      const lock = new KeyedLock();
      const [a, b, c] = [operation("a", told), operation("b", told), operation("c", told)];
      const holder = yield* Effect.forkChild(lock.withLock("x", a.effect));
      const waiter = yield* Effect.forkChild(lock.withLock("x", b.effect));
      const next = yield* Effect.forkChild(lock.withLock("x", c.effect));
      yield* turns;
      yield* Fiber.interrupt(waiter);
      yield* turns;
      expect(told).toEqual(["a begins"]);
      yield* Fiber.interrupt(holder);
      c.end();
      yield* Fiber.await(next);
      expect(told).toEqual(["a begins", "c begins", "c ends"]);
    })
  ));
