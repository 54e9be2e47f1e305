import { describe, expect, it } from "vitest";
import { windowQuery } from "../src/archive/archive-window.ts";
import { downloadSet } from "../src/archive/download-set.ts";
import type { ArchivedFile } from "../src/archive/manifest.ts";

const day = 86_400_000;
const set = {
  uploadId: "u",
  dataSetType: "continuous",
  createdTime: "2020-01-01T00:00:00Z",
  isWhole: true,
  isGone: false
};

/** A session with data at these times, read by a clock; each reading of a window is told by its file's name. */
const account = (times: ReadonlyArray<string>) => {
  const asked: Array<string> = [];
  const download = async (
    at: string,
    files: ReadonlyArray<ArchivedFile> = [],
    more: Partial<Parameters<typeof downloadSet>[0]> = {}
  ) => {
    asked.length = 0;
    const limits = more.limits ?? {};
    return downloadSet({
      set,
      files,
      goodSince: undefined,
      overlap: 60 * day,
      limits,
      now: Date.parse(at),
      onFiles: async () => undefined,
      read: async (window) => {
        const { startDate = "", endDate = "9" } = windowQuery(window);
        const found = times.filter((time) => time >= startDate && time <= endDate && time >= (limits.from ?? ""));
        asked.push(`${startDate.slice(0, 7)}..${endDate.slice(0, 7)}`);
        const path = found.length > 0 ? `data/u/${asked.length}.ndjson` : "";
        return { path, dataSet: "u", ...window, records: found.length, bytes: 0, sha256: "", contents: "", readAt: at };
      },
      ...more
    });
  };
  return { download, asked };
};

const recordsOf = (files: ReadonlyArray<ArchivedFile>) => files.reduce((sum, { records }) => sum + records, 0);

describe("a data set is read into an archive", () => {
  it("month by month, over years without data in a few requests, from the future to the beginning", async () => {
    const times = [
      "2031-01-01T00:00:00Z",
      "2026-11-02T08:00:00Z",
      "2026-10-31T23:59:59.999Z",
      "2019-05-05T05:00:00Z",
      "1980-01-01T00:00:00Z"
    ];
    const { download, asked } = account(times);
    const files = await download("2026-11-20T12:00:00Z");
    expect(recordsOf(files)).toBe(5);
    expect(asked[0]).toBe("2026-11..9");
    expect(asked.length).toBeLessThan(30);
    // Each month is in exactly one of them.
    const bounds = files
      .map(({ first = -1, last = Number.POSITIVE_INFINITY }) => [first, last] as const)
      .sort(([a], [b]) => b - a);
    for (const [index, [first]] of bounds.slice(0, -1).entries()) expect(bounds[index + 1]![1]).toBe(first - 1);
    expect(bounds.at(-1)![0]).toBe(-1);
  });

  it("a second time only as far back as something may have changed", async () => {
    const times = ["2026-11-02T08:00:00Z", "2026-08-05T00:00:00Z", "2026-03-01T00:00:00Z", "2015-01-01T00:00:00Z"];
    const { download, asked } = account(times);
    const first = await download("2026-11-20T12:00:00Z");
    const again = await download("2026-12-05T12:00:00Z", first);
    expect(recordsOf(again)).toBe(4);
    // The window that held the empty months before September was read whole: it begins in August at the latest.
    expect(asked.at(-1)!.slice(0, 7) <= "2026-09").toBe(true);
    expect(asked.every((window) => window.slice(0, 7) > "2026-05")).toBe(true);
    const much = await download("2028-12-05T12:00:00Z", again, { overlap: day });
    expect(recordsOf(much)).toBe(4);
    expect(asked.every((window) => window.slice(0, 7) >= "2026-11")).toBe(true);
    expect(recordsOf(await download("2028-12-06T12:00:00Z", much, { overlap: Number.POSITIVE_INFINITY }))).toBe(4);
    expect(asked.at(-1)).toMatch(/^\.\./u);
  });

  it("on from where it was broken off, and nothing outside of its limits", async () => {
    const times = Array.from({ length: 24 }, (_, month) => new Date(Date.UTC(2025, month, 3)).toISOString());
    const { download, asked } = account(times);
    const whole = await download("2026-12-20T00:00:00Z");
    const part = whole.slice(0, 7);
    const rest = await download("2026-12-20T01:00:00Z", part, { goodSince: "2026-12-20T00:00:00Z" });
    expect(recordsOf(rest)).toBe(24);
    expect(asked).not.toContain("2026-12..9");
    const limits = { from: "2025-03-01T00:00:00.000Z", to: "2025-05-31T23:59:59.999Z" };
    expect(recordsOf(await download("2026-12-20T00:00:00Z", [], { limits }))).toBe(3);
    expect(asked).toEqual(["2025-05..2025-05", "2025-04..2025-04", "2025-03..2025-03"]);
  });
});
