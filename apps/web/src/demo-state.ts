import type { Counts } from "@tideway/core";
import type { Preview } from "./look/preview.ts";
import type { Outcome } from "./upload/upload-file.ts";

/** Where the page stands: each step holds what the steps before it found. */
export type DemoState =
  | { readonly step: "choose"; readonly error?: string }
  | { readonly step: "reading"; readonly name: string; readonly seen: number }
  | { readonly step: "preview"; readonly preview: Preview; readonly error?: string }
  | { readonly step: "uploading"; readonly preview: Preview; readonly counts: Counts; readonly waiting?: string }
  | { readonly step: "checking"; readonly preview: Preview; readonly counts: Counts }
  | { readonly step: "done"; readonly preview: Preview; readonly outcome: Outcome };

/** What happens to it. */
export type DemoEvent =
  | { readonly type: "chosen"; readonly name: string }
  | { readonly type: "seen"; readonly count: number }
  | { readonly type: "looked"; readonly preview: Preview }
  | { readonly type: "unreadable"; readonly message: string }
  | { readonly type: "started" }
  | { readonly type: "counted"; readonly counts: Counts }
  | { readonly type: "waiting"; readonly reason: string }
  | { readonly type: "checking" }
  | { readonly type: "finished"; readonly outcome: Outcome }
  | { readonly type: "stopped"; readonly message: string };

const none: Counts = { read: 0, sent: 0, unchanged: 0, rejected: 0, skipped: 0 };

/** The next state. An event that does not belong to the step (it came late) changes nothing. */
export const demoReducer = (state: DemoState, event: DemoEvent): DemoState => {
  switch (event.type) {
    case "chosen":
      return { step: "reading", name: event.name, seen: 0 };
    case "seen":
      return state.step === "reading" ? { ...state, seen: event.count } : state;
    case "looked":
      return state.step === "reading" ? { step: "preview", preview: event.preview } : state;
    case "unreadable":
      return state.step === "reading" ? { step: "choose", error: event.message } : state;
    case "started":
      return "preview" in state ? { step: "uploading", preview: state.preview, counts: none } : state;
    case "counted":
      return state.step === "uploading" ? { step: "uploading", preview: state.preview, counts: event.counts } : state;
    case "waiting":
      return state.step === "uploading" ? { ...state, waiting: event.reason } : state;
    case "checking":
      return state.step === "uploading" ? { step: "checking", preview: state.preview, counts: state.counts } : state;
    case "finished":
      return "preview" in state ? { step: "done", preview: state.preview, outcome: event.outcome } : state;
    case "stopped":
      return "preview" in state ? { step: "preview", preview: state.preview, error: event.message } : state;
  }
};
