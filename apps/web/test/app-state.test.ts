import { expect, it } from "vitest";
import { atStart, appReducer, type AppEvent, type AppState } from "../src/app/app-state.ts";
import { previewSource } from "../src/preview/preview-source.ts";
import type { Outcome } from "../src/worker/upload-files.ts";

const file = new File(['{"type":"cbg","units":"mg/dL","value":100,"time":"2026-03-01T00:00:00Z"}\n'], "a.ndjson");
const selection = { files: [file], answers: {}, now: 0 };
const opened = await previewSource({ ...selection, now: Date.parse("2026-04-01T00:00:00Z") });
const failure = { code: "unknown-format", message: "why", isStopped: false };

const after = (...events: ReadonlyArray<AppEvent>): AppState => events.reduce(appReducer, atStart);
const previewed = [
  { type: "chosen", selection },
  { type: "opened", selection, opened }
] as const satisfies ReadonlyArray<AppEvent>;
const counts = { read: 5, sent: 5, unchanged: 0, rejected: 0, skipped: 0 };

it("goes from files to their preview", () => {
  expect(after({ type: "chosen", selection })).toEqual({
    shown: { step: "choose" },
    notes: [],
    reading: { selection, count: 0 }
  });
  expect(after(...previewed).shown).toMatchObject({ step: "preview", selection });
});

it("keeps what is shown while other files are read, and where they cannot be read: a receipt is not wiped", () => {
  const outcome = { receipt: {}, rejections: [] } as unknown as Outcome;
  const done = after(...previewed, { type: "started", at: 0 }, { type: "finished", outcome });
  expect(done.shown).toMatchObject({ step: "done", outcome });
  const reading = appReducer(done, { type: "chosen", selection });
  const wrong = appReducer(reading, { type: "unreadable", selection, failure });
  expect([reading.shown, wrong.shown]).toEqual([done.shown, done.shown]);
  expect(wrong.unreadable).toEqual({ selection, failure });
});

it("keeps the preview through an upload, and returns to it with the reason where the upload stops", () => {
  const sending = after(...previewed, { type: "started", at: 0 }, { type: "sent", counts });
  expect(sending.shown).toMatchObject({ step: "uploading", counts });
  expect(appReducer(sending, { type: "checking", readBack: 0 }).shown).toMatchObject({ step: "checking", counts });
  expect(appReducer(sending, { type: "stopped", message: "why" }).shown).toMatchObject({
    step: "preview",
    error: "why"
  });
});

it("forgets a wait as soon as the upload goes on", () => {
  const waiting = after(...previewed, { type: "started", at: 0 }, { type: "waiting", reason: "a pause" });
  expect(waiting.shown).toHaveProperty("waiting", "a pause");
  expect(appReducer(waiting, { type: "sent", counts }).shown).not.toHaveProperty("waiting");
});

it("holds an upload that is paused, keeps the newest notes first, and forgets them with the next upload", () => {
  const paused = after(...previewed, { type: "started", at: 0 }, { type: "paused", isPaused: true });
  expect(paused.shown).toMatchObject({ step: "uploading", isPaused: true });
  const noted = appReducer(appReducer(paused, { type: "noted", text: "one" }), { type: "noted", text: "two" });
  expect(noted.notes.map(({ text }) => text)).toEqual(["two", "one"]);
  expect(appReducer(noted, { type: "started", at: 1 }).notes).toEqual([]);
});

it("ignores news that comes too late", () => {
  for (const state of [atStart, after(...previewed)]) {
    expect(appReducer(state, { type: "counted", count: 3 })).toBe(state);
    expect(appReducer(state, { type: "checking", readBack: 0 })).toBe(state);
    expect(appReducer(state, { type: "unreadable", selection, failure })).toBe(state);
    expect(appReducer(state, { type: "opened", selection, opened })).toBe(state);
  }
});
