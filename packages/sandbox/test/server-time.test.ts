import { expect, it } from "vitest";
import { serverTime, wrappedDate } from "../src/server-time.ts";

it("writes whole seconds without a fraction and drops trailing zeros of a fraction", () => {
  expect(serverTime(Date.UTC(2020, 0, 1))).toBe("2020-01-01T00:00:00Z");
  expect(serverTime(Date.UTC(2020, 0, 1, 10, 20, 30, 500))).toBe("2020-01-01T10:20:30.5Z");
  expect(serverTime(Date.UTC(2020, 0, 1, 10, 20, 30, 120))).toBe("2020-01-01T10:20:30.12Z");
  expect(serverTime(Date.UTC(2020, 0, 1, 10, 20, 30, 7))).toBe("2020-01-01T10:20:30.007Z");
});

it("ends the older handlers' Date in UTC", () => {
  expect(wrappedDate(Date.UTC(2026, 10, 22, 21, 51, 41))).toBe("Sun, 22 Nov 2026 21:51:41 UTC");
});
