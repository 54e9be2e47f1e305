import type { Counts } from "@tideway/core";
import type { Opened } from "../preview/opened.ts";
import type { Preview } from "../preview/preview.ts";
import type { Failure, Selection } from "../worker/messages.ts";
import type { Outcome } from "../worker/upload-files.ts";

/** What the page shows: each step holds what the steps before it found. */
export type Shown =
  | { readonly step: "choose" }
  | ({ readonly step: "asking"; readonly selection: Selection } & Extract<Opened, { status: "asking" }>)
  | { readonly step: "preview"; readonly selection: Selection; readonly preview: Preview; readonly error?: string }
  | {
      readonly step: "uploading";
      readonly selection: Selection;
      readonly preview: Preview;
      readonly counts: Counts;
      readonly waiting?: string;
    }
  | { readonly step: "checking"; readonly selection: Selection; readonly preview: Preview; readonly counts: Counts }
  | { readonly step: "done"; readonly selection: Selection; readonly preview: Preview; readonly outcome: Outcome };

/** Where the page stands. Files that are being read, or cannot be read, take nothing away that is shown. */
export interface AppState {
  readonly shown: Shown;
  readonly reading?: { readonly selection: Selection; readonly count: number };
  readonly unreadable?: { readonly selection: Selection; readonly failure: Failure };
}

/** What happens to it. */
export type AppEvent =
  | { readonly type: "chosen"; readonly selection: Selection }
  | { readonly type: "counted"; readonly count: number }
  | { readonly type: "opened"; readonly selection: Selection; readonly opened: Opened }
  | { readonly type: "unreadable"; readonly selection: Selection; readonly failure: Failure }
  | { readonly type: "started" }
  | { readonly type: "sent"; readonly counts: Counts }
  | { readonly type: "waiting"; readonly reason: string }
  | { readonly type: "checking" }
  | { readonly type: "finished"; readonly outcome: Outcome }
  | { readonly type: "stopped"; readonly message: string };

/** Nothing is chosen yet. */
export const atStart: AppState = { shown: { step: "choose" } };

const none: Counts = { read: 0, sent: 0, unchanged: 0, rejected: 0, skipped: 0 };

const nextShown = (shown: Shown, event: AppEvent): Shown => {
  if (!("preview" in shown)) return shown;
  const { selection, preview } = shown;
  switch (event.type) {
    case "started":
      return { step: "uploading", selection, preview, counts: none };
    case "sent":
      return shown.step === "uploading" ? { step: "uploading", selection, preview, counts: event.counts } : shown;
    case "waiting":
      return shown.step === "uploading" ? { ...shown, waiting: event.reason } : shown;
    case "checking":
      return shown.step === "uploading" ? { step: "checking", selection, preview, counts: shown.counts } : shown;
    case "finished":
      return { step: "done", selection, preview, outcome: event.outcome };
    case "stopped":
      return { step: "preview", selection, preview, error: event.message };
    case "chosen":
    case "counted":
    case "opened":
    case "unreadable":
      return shown;
  }
};

/** The next state. An event that does not belong to the step (it came late) changes nothing. */
export const appReducer = (state: AppState, event: AppEvent): AppState => {
  const { shown, reading } = state;
  switch (event.type) {
    case "chosen":
      return { shown, reading: { selection: event.selection, count: 0 } };
    case "counted":
      return reading ? { shown, reading: { ...reading, count: event.count } } : state;
    case "opened": {
      if (!reading) return state;
      const { selection, opened } = event;
      return {
        shown:
          opened.status === "asking"
            ? { step: "asking", selection, ...opened }
            : { step: "preview", selection, preview: opened.preview }
      };
    }
    case "unreadable":
      return reading ? { shown, unreadable: { selection: event.selection, failure: event.failure } } : state;
    default: {
      const next = nextShown(shown, event);
      return next === shown ? state : { shown: next };
    }
  }
};
