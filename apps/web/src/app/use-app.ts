import { useEffect, useReducer, useRef } from "react";
import type { Answers, Failure } from "../worker/messages.ts";
import type { UploadEvent } from "../worker/worker-api.ts";
import { TaskFailed } from "../worker/worker-client.ts";
import { atStart, appReducer, type AppState } from "./app-state.ts";
import { engineNote } from "./engine-note.ts";
import { useServices } from "./services.tsx";

/** The page's state, and what a person can do to it. */
export interface AppActions {
  readonly state: AppState;
  readonly choose: (files: ReadonlyArray<File>, answers?: Answers) => Promise<void>;
  readonly upload: () => Promise<void>;
  readonly cancel: () => void;
  readonly pause: (isPaused: boolean) => void;
  /** Deletes what the last upload sent. */
  readonly undo: () => Promise<void>;
}

const failureOf = (error: unknown): Failure =>
  error instanceof TaskFailed
    ? error.failure
    : { code: "failed", message: error instanceof Error ? error.message : String(error), isStopped: false };

/** While something would be lost, the browser asks before the page is left or loaded anew. */
const useLeaveWarning = (isNeeded: boolean): void => {
  useEffect(() => {
    if (!isNeeded) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isNeeded]);
};

/** Connects what a person does with reading and uploading, and their news with the page's state. */
export const useApp = (): AppActions => {
  const { worker } = useServices();
  const [state, dispatch] = useReducer(appReducer, atStart);
  const uploading = useRef<AbortController>(undefined);
  const reading = useRef<AbortController>(undefined);
  const { shown } = state;
  useLeaveWarning(shown.step === "uploading" || shown.step === "checking");

  const choose = async (files: ReadonlyArray<File>, answers: Answers = {}): Promise<void> => {
    reading.current?.abort();
    const controller = new AbortController();
    reading.current = controller;
    const { signal } = controller;
    const selection = { files, answers, now: Date.now() };
    dispatch({ type: "chosen", selection });
    try {
      const opened = await worker.open(selection, {
        signal,
        onProgress: ({ read }) => !signal.aborted && dispatch({ type: "counted", count: read })
      });
      if (!signal.aborted) dispatch({ type: "opened", selection, opened });
    } catch (error) {
      if (!signal.aborted) dispatch({ type: "unreadable", selection, failure: failureOf(error) });
    }
  };

  const hear = (news: UploadEvent): void => {
    if (news.type === "checking") return dispatch({ type: "checking", readBack: news.readBack });
    const { event } = news;
    if (event.type === "chunk" || event.type === "unchanged")
      dispatch({ type: "sent", counts: event.counts, fraction: event.fraction });
    if (event.type === "waiting") dispatch({ type: "waiting", reason: event.reason });
    const text = engineNote(event);
    if (text !== undefined) dispatch({ type: "noted", text });
  };

  const upload = async (): Promise<void> => {
    if (!("preview" in shown)) return;
    const controller = new AbortController();
    uploading.current = controller;
    dispatch({ type: "started", at: performance.now() });
    try {
      const outcome = await worker.upload(shown.selection, { signal: controller.signal, onEvent: hear });
      dispatch({ type: "finished", outcome });
    } catch (error) {
      dispatch({ type: "stopped", message: failureOf(error).message });
    }
  };

  const pause = (isPaused: boolean): void => {
    dispatch({ type: "paused", isPaused });
    // It is asked again with the next press where the worker is gone.
    void worker.ask(async (api) => ({ value: await api.pause(isPaused) })).catch(() => undefined);
  };

  const undo = async (): Promise<void> => {
    try {
      dispatch({ type: "undone", count: await worker.ask((api) => api.undo()) });
    } catch (error) {
      dispatch({ type: "noted", text: `Deleting it again failed: ${failureOf(error).message}` });
    }
  };

  return { state, choose, upload, cancel: () => uploading.current?.abort(), pause, undo };
};
