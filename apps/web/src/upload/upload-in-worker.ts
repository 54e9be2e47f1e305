import type { News, Request } from "./messages.ts";
import type { Outcome, UploadFileOptions } from "./upload-file.ts";
import { default as UploadWorker } from "./upload-worker.ts?worker&inline";

/** The upload was stopped by the person: what was taken stays. */
export class Stopped extends Error {
  readonly _tag = "Stopped";
}

let worker: Worker | undefined;

/**
 * Uploads in a worker, where the sandbox lives as well: both compute, and the page shall stay quick. The worker is part
 * of the page's own script, so that the page's policy holds in it too.
 */
export const uploadInWorker = (file: File, { signal, onProgress, onChecking }: UploadFileOptions): Promise<Outcome> => {
  const to = (worker ??= new UploadWorker());
  const ask = (request: Request): void => to.postMessage(request, []);
  const listening = new AbortController();
  return new Promise<Outcome>((resolve, reject) => {
    const hear = ({ data }: MessageEvent<News>): void => {
      if (data.type === "progress") onProgress(data.event);
      else if (data.type === "checking") onChecking();
      else if (data.type === "finished") resolve(data.outcome);
      else reject(data.stopped ? new Stopped(data.message) : new Error(data.message));
    };
    const fail = ({ message }: ErrorEvent): void => {
      // What failed so may never answer again; the next upload gets a new one, with an empty sandbox.
      to.terminate();
      worker = undefined;
      reject(new Error(`The upload broke off: ${message}`));
    };
    to.addEventListener("message", hear, listening);
    to.addEventListener("error", fail, listening);
    signal.addEventListener("abort", () => ask({ type: "stop" }), listening);
    ask({ type: "upload", file });
  }).finally(() => listening.abort());
};
