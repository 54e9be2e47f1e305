import { expect, it } from "vitest";
import { parseHttpDate } from "../src/http-date.ts";
import { retryAfter } from "../src/retry-after.ts";

const now = Date.UTC(2026, 10, 22, 12, 0, 0);

it.each([
  ["Sun, 22 Nov 2026 12:00:05 GMT", now + 5000],
  ["Sun, 22 Nov 2026 12:00:05 UTC", now + 5000],
  ["Sun, 22 Nov 2026 12:00:05 CET", undefined],
  ["2026-11-22T12:00:05Z", undefined],
  ["soon", undefined]
])("reads %j as an HTTP date, the server's UTC included", (text, time) => {
  expect(parseHttpDate(text)).toBe(time);
});

it.each([
  [{ "Retry-After": "7" }, 7000],
  [{ "Retry-After": " 0 " }, 0],
  [{ "Retry-After": "999999999" }, 3_600_000],
  [{ "Retry-After": "-3" }, undefined],
  [{ "Retry-After": "soon" }, undefined],
  [{}, undefined],
  [{ "Retry-After": "Sun, 22 Nov 2026 12:00:30 GMT" }, 30_000],
  [{ "Retry-After": "Sun, 22 Nov 2026 11:00:00 GMT" }, 0],
  [{ "Retry-After": "Mon, 23 Nov 2026 12:00:00 GMT" }, 3_600_000]
])("waits by %j", (headers, expected) => {
  expect(retryAfter(new Headers(headers as Record<string, string>), now)).toBe(expected);
});

it("measures a date from the answer's own, so that a wrong clock here changes nothing", () => {
  const headers = new Headers({
    "Retry-After": "Sun, 22 Nov 2026 12:00:30 GMT",
    Date: "Sun, 22 Nov 2026 12:00:10 UTC"
  });
  expect(retryAfter(headers, now - 86_400_000)).toBe(20_000);
  expect(retryAfter(headers, now + 86_400_000)).toBe(20_000);
});
