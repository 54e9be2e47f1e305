import * as core from "@tideway/core";
import * as Effect from "effect/Effect";
import { expect, it } from "vitest";

const { TidewayError, Throttled, isThrottled, isTidewayError, isUploadStopped } = core;

it("an error is an Error with the name of its class, its fields and its cause", () => {
  const cause = new Error("connection reset");
  const error = new Throttled({ message: "The server asks for a pause.", retryAfter: 2000, cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toBeInstanceOf(TidewayError);
  expect(error).toMatchObject({ name: "Throttled", _tag: "Throttled", retryAfter: 2000, cause });
  expect(String(error)).toBe("Throttled: The server asks for a pause.");
  expect(Object.hasOwn(new Throttled({ message: "" }), "cause")).toBe(false);
});

it("a guard tells an error by its tag, of this copy of the package or another", () => {
  const error = new Throttled({ message: "" });
  class OfAnotherCopy extends Error {}
  Object.assign(OfAnotherCopy.prototype, { _tag: "Throttled", [Symbol.for("@tideway/core/TidewayError")]: true });
  for (const one of [error, new OfAnotherCopy()]) {
    expect([isTidewayError(one), isThrottled(one), isUploadStopped(one)]).toEqual([true, true, false]);
  }
  for (const none of [undefined, "Throttled", { _tag: "Throttled" }, new Error("Throttled")]) {
    expect([isTidewayError(none), isThrottled(none)]).toEqual([false, false]);
  }
});

it("there is a guard for every class of error", () => {
  const classes = Object.entries(core).filter(
    ([name, member]) =>
      typeof member === "function" && member.prototype instanceof TidewayError && name !== "TidewayError"
  );
  expect(classes.length).toBeGreaterThan(15);
  expect(classes.map(([name]) => `is${name}`).filter((guard) => !(guard in core))).toEqual([]);
});

it("an Effect program catches them by tag", () => {
  const failed: Effect.Effect<string, core.Throttled | core.Refused> = Effect.fail(
    new Throttled({ message: "", retryAfter: 5 })
  );
  const caught = failed.pipe(
    Effect.catchTag("Throttled", ({ retryAfter }) => Effect.succeed(`in ${retryAfter} ms`)),
    Effect.catchTag("Refused", () => Effect.succeed("refused"))
  );
  expect(Effect.runSync(caught)).toBe("in 5 ms");
});
