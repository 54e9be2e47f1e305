import type { Counts } from "@tideway/core";
import type { Opened } from "../preview/opened.ts";
import type { Failure, Selection, WorkerMessage, WorkerRequest } from "./messages.ts";
import type { Outcome, UploadFilesOptions } from "./upload-files.ts";

/** A task of the worker did not come to its end. */
export class TaskFailed extends Error {
  readonly _tag = "TaskFailed";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** How to open files. */
export interface OpenFilesOptions {
  readonly signal: AbortSignal;
  /** Told now and then how much was read. */
  readonly onProgress: (counts: Counts) => void;
}

/** What the page has done in the worker, where the sandbox lives as well: both compute, and the page shall stay quick. */
export interface WorkerClient {
  /** Rejects with {@link TaskFailed}. */
  open(selection: Selection, options: OpenFilesOptions): Promise<Opened>;
  /** Rejects with {@link TaskFailed}. */
  upload(selection: Selection, options: UploadFilesOptions): Promise<Outcome>;
}

/** Speaks with a worker, which is started when it is first needed, and anew after it broke. */
export const createWorkerClient = (start: () => Worker): WorkerClient => {
  let worker: Worker | undefined;
  let tasks = 0;

  const run = <A>(
    type: "open" | "upload",
    selection: Selection,
    signal: AbortSignal,
    onMessage: (message: WorkerMessage, resolve: (value: A) => void) => void
  ): Promise<A> => {
    const to = (worker ??= start());
    const id = ++tasks;
    const send = (request: WorkerRequest): void => to.postMessage(request, []);
    const listening = new AbortController();
    return new Promise<A>((resolve, reject) => {
      const receive = ({ data }: MessageEvent<WorkerMessage>): void => {
        if (data.id !== id) return;
        if (data.type === "failed") reject(new TaskFailed(data.failure));
        else onMessage(data, resolve);
      };
      const fail = ({ message }: ErrorEvent): void => {
        // What failed so may never answer again; the next task gets a new one, with an empty sandbox.
        to.terminate();
        if (worker === to) worker = undefined;
        const text = `The part of this page that reads files broke off${message ? `: ${message}` : ", or could not be loaded."}`;
        reject(new TaskFailed({ code: "failed", message: text, isStopped: false }));
      };
      to.addEventListener("message", receive, listening);
      to.addEventListener("error", fail, listening);
      signal.addEventListener("abort", () => send({ type: "stop", id }), listening);
      send({ type, id, selection });
    }).finally(() => listening.abort());
  };

  return {
    open: (selection, { signal, onProgress }) =>
      run<Opened>("open", selection, signal, (message, resolve) => {
        if (message.type === "counted") onProgress(message.counts);
        else if (message.type === "opened") resolve(message.opened);
      }),
    upload: (selection, { signal, onProgress, onChecking }) =>
      run<Outcome>("upload", selection, signal, (message, resolve) => {
        if (message.type === "progress") onProgress(message.event);
        else if (message.type === "checking") onChecking();
        else if (message.type === "uploaded") resolve(message.outcome);
      })
  };
};
