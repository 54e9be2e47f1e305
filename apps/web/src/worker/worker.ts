import type { Client } from "@tideway/core";
import { previewSource } from "../preview/preview-source.ts";
import { failureOf } from "./failure-of.ts";
import type { Selection, WorkerMessage, WorkerRequest } from "./messages.ts";

const post = (message: WorkerMessage): void => postMessage(message);

const running = new Map<number, AbortController>();
let tidepool: Promise<Client> | undefined;

const openTidepool = async (): Promise<Client> => {
  // Only those who upload need the sandbox.
  const { createTabTidepool } = await import("../sandbox/tab-tidepool.ts");
  return createTabTidepool();
};

const open = async (id: number, selection: Selection, signal: AbortSignal): Promise<void> => {
  const opened = await previewSource(selection, {
    signal,
    onProgress: (counts) => post({ type: "counted", id, counts })
  });
  post({ type: "opened", id, opened });
};

const upload = async (id: number, selection: Selection, signal: AbortSignal): Promise<void> => {
  const { uploadFiles } = await import("./upload-files.ts");
  const client = await (tidepool ??= openTidepool());
  const outcome = await uploadFiles(client, selection, {
    signal,
    onProgress: (event) => post({ type: "progress", id, event }),
    onChecking: () => post({ type: "checking", id })
  });
  post({ type: "uploaded", id, outcome });
};

addEventListener("message", async ({ data }: MessageEvent<WorkerRequest>) => {
  const { id, type } = data;
  if (type === "stop") return running.get(id)?.abort();
  const controller = new AbortController();
  running.set(id, controller);
  try {
    await (type === "open" ? open : upload)(id, data.selection, controller.signal);
  } catch (error) {
    post({ type: "failed", id, failure: failureOf(error, controller.signal, type) });
  }
  running.delete(id);
});
