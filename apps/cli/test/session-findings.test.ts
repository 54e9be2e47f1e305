import { expect, it } from "vitest";
import { findingsOf, type SessionFacts } from "../src/session-doctor/findings.ts";

const readings = (from: number, count: number, value = 100): ReadonlyMap<string, number> =>
  new Map(Array.from({ length: count }, (_, index) => [`cbg ${from + index * 300}`, value] as const));

const session = (uploadId: string, appName: string, more: Partial<SessionFacts> = {}): SessionFacts => ({
  uploadId,
  appName,
  createdTime: `2026-01-0${uploadId.length}T00:00:00Z`,
  newest: "2026-03-01T00:00:00Z",
  isClosed: false,
  readings: new Map(),
  ...more
});

const codes = (sessions: ReadonlyArray<SessionFacts>) =>
  findingsOf(sessions).map(({ code, isGrave }) => [code, isGrave]);

it("finds what doubles data, the gravest first, and nothing where all is well", () => {
  expect(codes([session("a", "Loop", { readings: readings(0, 50) })])).toEqual([]);
  expect(codes([session("a", "Loop"), session("bb", "Loop")])).toEqual([["duplicate-sessions", true]]);
  expect(codes([session("a", "Loop"), session("bb", "Loop", { newest: undefined })])).toEqual([
    ["duplicate-sessions", false]
  ]);
  expect(codes([session("a", "Loop"), session("bb", "Loop", { isClosed: true })])).toEqual([]);
  expect(codes([session("a", "Loop", { isClosed: true })])).toEqual([["closed-session", true]]);
  // Another app rounds by a second and a little.
  const twins = [
    session("a", "Loop", { readings: readings(1000, 50, 5.55) }),
    session("bb", "xDrip", { readings: readings(1001, 50, 5.6) })
  ];
  expect(codes(twins)).toEqual([
    ["same-data-twice", true],
    ["several-apps", false]
  ]);
  const apart = [
    session("a", "Loop", { readings: readings(0, 50) }),
    session("bb", "xDrip", { readings: readings(150, 50) })
  ];
  expect(codes(apart)).toEqual([["several-apps", false]]);
});
