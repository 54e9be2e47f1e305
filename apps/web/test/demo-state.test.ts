import { expect, it } from "vitest";
import { demoReducer, type DemoState } from "../src/demo-state.ts";
import { lookAt } from "../src/look/look-at.ts";

const file = new File(['{"type":"food","time":"2026-03-01T00:00:00Z"}'], "a.ndjson");

it("goes from a file to its preview and back to choosing where the file cannot be read", async () => {
  const reading = demoReducer({ step: "choose" }, { type: "chosen", name: "a.ndjson" });
  expect(reading).toEqual({ step: "reading", name: "a.ndjson", seen: 0 });
  const preview = await lookAt(file);
  expect(demoReducer(reading, { type: "looked", preview })).toEqual({ step: "preview", preview });
  expect(demoReducer(reading, { type: "unreadable", message: "why" })).toEqual({ step: "choose", error: "why" });
});

it("keeps the preview through an upload, and returns to it with the reason where the upload stops", async () => {
  const preview = await lookAt(file);
  const uploading = demoReducer({ step: "preview", preview }, { type: "started" });
  expect(uploading).toMatchObject({ step: "uploading", counts: { read: 0 } });
  const counts = { read: 5, sent: 5, unchanged: 0, rejected: 0, skipped: 0 };
  const counted = demoReducer(uploading, { type: "counted", counts });
  expect(counted).toEqual({ step: "uploading", preview, counts });
  expect(demoReducer(counted, { type: "checking" })).toEqual({ step: "checking", preview, counts });
  expect(demoReducer(counted, { type: "stopped", message: "why" })).toEqual({ step: "preview", preview, error: "why" });
});

it("forgets a wait as soon as the upload goes on", async () => {
  const preview = await lookAt(file);
  const uploading = demoReducer({ step: "preview", preview }, { type: "started" });
  const waiting = demoReducer(uploading, { type: "waiting", reason: "the server asks for a pause" });
  expect(waiting).toHaveProperty("waiting", "the server asks for a pause");
  const counts = { read: 1, sent: 1, unchanged: 0, rejected: 0, skipped: 0 };
  expect(demoReducer(waiting, { type: "counted", counts })).not.toHaveProperty("waiting");
});

it("ignores news that comes too late", async () => {
  const preview = await lookAt(file);
  const states: ReadonlyArray<DemoState> = [{ step: "choose" }, { step: "preview", preview }];
  for (const state of states) {
    expect(demoReducer(state, { type: "seen", count: 3 })).toBe(state);
    expect(demoReducer(state, { type: "checking" })).toBe(state);
    expect(demoReducer(state, { type: "unreadable", message: "late" })).toBe(state);
  }
});
