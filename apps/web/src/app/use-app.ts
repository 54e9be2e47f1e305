import { useEffect, useReducer, useRef } from "react";
import type { Answers, Failure } from "../worker/messages.ts";
import { type WorkerClient, TaskFailed } from "../worker/worker-client.ts";
import { atStart, appReducer, type AppState } from "./app-state.ts";

/** The page's state, and what a person can do to it. */
export interface AppActions {
  readonly state: AppState;
  readonly choose: (files: ReadonlyArray<File>, answers?: Answers) => Promise<void>;
  readonly upload: () => Promise<void>;
  readonly cancel: () => void;
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
export const useApp = (worker: WorkerClient): AppActions => {
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

  const upload = async (): Promise<void> => {
    if (!("preview" in shown)) return;
    const controller = new AbortController();
    uploading.current = controller;
    dispatch({ type: "started" });
    try {
      const outcome = await worker.upload(shown.selection, {
        signal: controller.signal,
        onProgress: (event) => {
          if (event.type === "chunk" || event.type === "unchanged") dispatch({ type: "sent", counts: event.counts });
          if (event.type === "waiting") dispatch({ type: "waiting", reason: event.reason });
        },
        onChecking: () => dispatch({ type: "checking" })
      });
      dispatch({ type: "finished", outcome });
    } catch (error) {
      dispatch({ type: "stopped", message: failureOf(error).message });
    }
  };

  return { state, choose, upload, cancel: () => uploading.current?.abort() };
};
