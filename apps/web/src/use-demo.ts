import { useReducer, useRef } from "react";
import { demoReducer, type DemoState } from "./demo-state.ts";
import { lookAt } from "./look/look-at.ts";
import { Stopped, uploadInWorker } from "./upload/upload-in-worker.ts";

/** The page's state, and the three things that a person can do to it. */
export interface Demo {
  readonly state: DemoState;
  readonly choose: (file: File) => Promise<void>;
  readonly upload: () => Promise<void>;
  readonly cancel: () => void;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Connects what a person does with reading and uploading, and their news with the page's state. */
export const useDemo = (): Demo => {
  const [state, dispatch] = useReducer(demoReducer, { step: "choose" });
  const running = useRef<AbortController>(undefined);
  const latest = useRef(0);

  const choose = async (file: File): Promise<void> => {
    const turn = ++latest.current;
    dispatch({ type: "chosen", name: file.name });
    try {
      const preview = await lookAt(file, { onProgress: (count) => dispatch({ type: "seen", count }) });
      if (turn === latest.current) dispatch({ type: "looked", preview });
    } catch (error) {
      if (turn === latest.current) dispatch({ type: "unreadable", message: messageOf(error) });
    }
  };

  const upload = async (): Promise<void> => {
    if (!("preview" in state)) return;
    const controller = new AbortController();
    running.current = controller;
    dispatch({ type: "started" });
    try {
      const outcome = await uploadInWorker(state.preview.file, {
        signal: controller.signal,
        onProgress: (event) => {
          if (event.type === "chunk") dispatch({ type: "counted", counts: event.counts });
          if (event.type === "waiting") dispatch({ type: "waiting", reason: event.reason });
        },
        onChecking: () => dispatch({ type: "checking" })
      });
      dispatch({ type: "finished", outcome });
    } catch (error) {
      const stopped = "Stopped. What was already taken stays in the sandbox; upload again to send the rest.";
      dispatch({ type: "stopped", message: error instanceof Stopped ? stopped : messageOf(error) });
    }
  };

  return { state, choose, upload, cancel: () => running.current?.abort() };
};
