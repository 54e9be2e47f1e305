import { expect, it } from "vitest";
import { createProgressLine } from "../src/output/progress-line.ts";

const counts = (sent: number) => ({ read: sent, sent, unchanged: 0, rejected: 0, skipped: 0 });

const watch = (columns: number | undefined) => {
  let time = 0;
  let written = "";
  const line = createProgressLine({
    write: (text) => {
      written += text;
    },
    columns,
    now: () => time
  });
  return {
    line,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    take: () => {
      const text = written;
      written = "";
      return text;
    }
  };
};

it("draws one line anew, at most ten times a second, with share, pace and time left", () => {
  const { line, pass, take } = watch(120);
  line.update({ counts: counts(0), bytes: 0, size: 1000 });
  take();
  pass(50);
  line.update({ counts: counts(100), bytes: 100, size: 1000 });
  expect(take()).toBe("");
  pass(950);
  line.update({ counts: counts(2000), bytes: 250, size: 1000, newest: "2026-03-02T10:00:00Z" });
  expect(take()).toBe("\r\u001B[K█████░░░░░░░░░░░░░░░ 25 %  2,000 done  2,000/s  ETA 0:03  sent up to 2026-03-02");
  line.clear();
  expect(take()).toBe("\r\u001B[K");
});

it("shows the pace of the last quarter of a minute, not that of the whole run", () => {
  const { line, pass, take } = watch(120);
  for (let second = 1; second <= 60; second++) {
    pass(1000);
    line.update({ counts: counts(second <= 30 ? second * 1000 : 30_000), bytes: 1, size: undefined });
  }
  expect(take()).toMatch(/30,000 done {2}0\/s$/u);
});

it("says why it waits in place of the time left, and never wraps on a narrow terminal", () => {
  const { line, pass, take } = watch(40);
  pass(1000);
  line.update({ counts: counts(10), bytes: 10, size: 20, waiting: "waiting 0:05: the server asked for a pause" });
  const text = take();
  expect(text).toContain("waiting");
  expect(text).not.toContain("ETA");
  expect(text.replace("\r\u001B[K", "").length).toBeLessThan(40);
});

it("writes a whole line each ten seconds where lines are collected in a log", () => {
  const { line, pass, take } = watch(undefined);
  for (let second = 1; second <= 25; second++) {
    pass(1000);
    line.update({ counts: counts(second), bytes: second, size: 100 });
  }
  const text = take();
  expect(text.trim().split("\n")).toHaveLength(2);
  expect(text).not.toContain("\r");
});

it("shows what has got in, not what was read: a tenth that is under way is missing in the bar", () => {
  const { line, pass, take } = watch(120);
  line.update({ counts: { ...counts(9000), read: 10_000 }, bytes: 1000, size: 1000 });
  expect(take()).toContain("██████████████████░░ 90 %  9,000 done");
  pass(1000);
  line.update({ counts: { ...counts(0), read: 10_000 }, bytes: 1000, size: 1000 });
  expect(take()).toContain("░░░░░░░░░░░░░░░░░░░░ 0 %  0 done");
  pass(1000);
  line.update({ counts: { ...counts(9_950), read: 10_000, rejected: 50 }, bytes: 1000, size: 1000 });
  expect(take()).toContain("████████████████████ 100 %  10,000 done");
});

it("shows what a server gives as a reason as text", () => {
  const { line, take } = watch(200);
  line.update({ counts: counts(0), bytes: 0, size: 1, waiting: "\u001B[2J\u202Eno\n" });
  expect(take().slice("\r\u001B[K".length)).toContain(String.raw`\u001B[2J\u202Eno\n`);
});

it("leaves out whole parts where there is no room, the pace first, and cuts no word", () => {
  const { line, pass, take } = watch(40);
  const state = { counts: counts(12_340), bytes: 500, size: 1000, newest: "2026-03-02T10:00:00Z" };
  line.update({ ...state, counts: counts(0), bytes: 0 });
  pass(10_000);
  line.update(state);
  expect(take().split("\r").at(-1)).toBe("\u001B[K12,340 done  ETA 0:10  2026-03-02");
});
