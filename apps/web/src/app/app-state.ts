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
      /** From 0 to 1, where it is known. */
      readonly fraction?: number;
      /** By the clock of the page (`performance.now`), when it began. */
      readonly startedAt: number;
      readonly isPaused: boolean;
      readonly waiting?: string;
    }
  | {
      readonly step: "checking";
      readonly selection: Selection;
      readonly preview: Preview;
      readonly counts: Counts;
      /** Records that were read back so far. */
      readonly readBack: number;
    }
  | {
      readonly step: "done";
      readonly selection: Selection;
      readonly preview: Preview;
      readonly outcome: Outcome;
      /** How many datums of this upload were deleted again, where that was asked for. */
      readonly undone?: number;
    };

/** Something that the engine did or met, in a sentence. */
export interface EngineNote {
  readonly id: number;
  readonly text: string;
}

/** Where the page stands. Files that are being read, or cannot be read, take nothing away that is shown. */
export interface AppState {
  readonly shown: Shown;
  readonly reading?: { readonly selection: Selection; readonly count: number };
  readonly unreadable?: { readonly selection: Selection; readonly failure: Failure };
  /** What the engine did about the last upload, the newest first. */
  readonly notes: ReadonlyArray<EngineNote>;
}

/** What happens to it. */
export type AppEvent =
  | { readonly type: "chosen"; readonly selection: Selection }
  | { readonly type: "counted"; readonly count: number }
  | { readonly type: "opened"; readonly selection: Selection; readonly opened: Opened }
  | { readonly type: "unreadable"; readonly selection: Selection; readonly failure: Failure }
  | { readonly type: "started"; readonly at: number }
  | { readonly type: "sent"; readonly counts: Counts; readonly fraction?: number | undefined }
  | { readonly type: "waiting"; readonly reason: string }
  | { readonly type: "noted"; readonly text: string }
  | { readonly type: "paused"; readonly isPaused: boolean }
  | { readonly type: "checking"; readonly readBack: number }
  | { readonly type: "finished"; readonly outcome: Outcome }
  | { readonly type: "undone"; readonly count: number }
  | { readonly type: "stopped"; readonly message: string };

/** Nothing is chosen yet. */
export const atStart: AppState = { shown: { step: "choose" }, notes: [] };

const notesKept = 60;

const none: Counts = { read: 0, sent: 0, unchanged: 0, rejected: 0, skipped: 0 };

const nextShown = (shown: Shown, event: AppEvent): Shown => {
  if (!("preview" in shown)) return shown;
  const { selection, preview } = shown;
  switch (event.type) {
    case "started":
      return { step: "uploading", selection, preview, counts: none, startedAt: event.at, isPaused: false };
    case "sent": {
      if (shown.step !== "uploading") return shown;
      // Something got through: what was waited for is over.
      const { waiting: _, ...going } = shown;
      return { ...going, counts: event.counts, ...(event.fraction === undefined ? {} : { fraction: event.fraction }) };
    }
    case "paused":
      return shown.step === "uploading" ? { ...shown, isPaused: event.isPaused } : shown;
    case "waiting":
      return shown.step === "uploading" ? { ...shown, waiting: event.reason } : shown;
    case "checking":
      return shown.step === "uploading" || shown.step === "checking"
        ? { step: "checking", selection, preview, counts: shown.counts, readBack: event.readBack }
        : shown;
    case "finished":
      return { step: "done", selection, preview, outcome: event.outcome };
    case "stopped":
      return { step: "preview", selection, preview, error: event.message };
    case "undone":
      return shown.step === "done" ? { ...shown, undone: event.count } : shown;
    case "noted":
    case "chosen":
    case "counted":
    case "opened":
    case "unreadable":
      return shown;
  }
};

/** The next state. An event that does not belong to the step (it came late) changes nothing. */
export const appReducer = (state: AppState, event: AppEvent): AppState => {
  const { shown, reading, notes } = state;
  switch (event.type) {
    case "chosen":
      return { shown, notes, reading: { selection: event.selection, count: 0 } };
    case "counted":
      return reading ? { shown, notes, reading: { ...reading, count: event.count } } : state;
    case "opened": {
      if (!reading) return state;
      const { selection, opened } = event;
      return {
        shown:
          opened.status === "asking"
            ? { step: "asking", selection, ...opened }
            : { step: "preview", selection, preview: opened.preview },
        notes
      };
    }
    case "unreadable":
      return reading ? { shown, notes, unreadable: { selection: event.selection, failure: event.failure } } : state;
    case "noted":
      return { ...state, notes: [{ id: (notes[0]?.id ?? 0) + 1, text: event.text }, ...notes].slice(0, notesKept) };
    default: {
      const next = nextShown(shown, event);
      return next === shown ? state : { shown: next, notes: event.type === "started" ? [] : notes };
    }
  }
};
