import type { Counts } from "@tideway/core";
import { proxy, type Remote, wrap } from "comlink";
import type { Opened } from "../preview/opened.ts";
import type { Failure, Selection } from "./messages.ts";
import type { Outcome } from "./upload-files.ts";
import type { Result, UploadEvent, WorkerApi } from "./worker-api.ts";

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

/** How to upload files. */
export interface UploadOptions {
  readonly signal: AbortSignal;
  readonly onEvent: (event: UploadEvent) => void;
}

/** What the page has done in the worker, where the sandbox lives as well: both compute, and the page shall stay quick. */
export interface WorkerClient {
  /** Rejects with {@link TaskFailed}. */
  open(selection: Selection, options: OpenFilesOptions): Promise<Opened>;
  /** Rejects with {@link TaskFailed}. */
  upload(selection: Selection, options: UploadOptions): Promise<Outcome>;
  /** Asks the worker for something. Rejects with {@link TaskFailed}. */
  ask<A>(question: (worker: Remote<WorkerApi>) => Promise<Result<A>>): Promise<A>;
}

/** A worker that runs, and how it ends where it breaks. */
interface RunningWorker {
  readonly api: Remote<WorkerApi>;
  readonly broken: Promise<never>;
}

/** Speaks with a worker, which is started when it is first needed, and anew after it broke. */
export const createWorkerClient = (start: () => Worker): WorkerClient => {
  let running: RunningWorker | undefined;
  let tasks = 0;

  const run = (): RunningWorker => {
    if (running !== undefined) return running;
    const worker = start();
    const { promise, reject } = Promise.withResolvers<never>();
    // Nobody may be waiting when it breaks.
    promise.catch(() => undefined);
    worker.addEventListener("error", ({ message }) => {
      // What failed so may never answer again; the next task gets a new one.
      worker.terminate();
      running = undefined;
      const text = `The part of this page that reads files broke off${message ? `: ${message}` : ", or could not be loaded."}`;
      reject(new TaskFailed({ code: "failed", message: text, isStopped: false }));
    });
    return (running = { api: wrap<WorkerApi>(worker), broken: promise });
  };

  const ask: WorkerClient["ask"] = async (question) => {
    const { api, broken } = run();
    const result = await Promise.race([question(api), broken]);
    if ("failure" in result) throw new TaskFailed(result.failure);
    return result.value;
  };

  const runTask = async <A>(
    signal: AbortSignal,
    begin: (worker: Remote<WorkerApi>, task: number) => Promise<Result<A>>
  ): Promise<A> => {
    const task = ++tasks;
    const listening = new AbortController();
    signal.addEventListener("abort", () => void run().api.stop(task), listening);
    try {
      return await ask((worker) => begin(worker, task));
    } finally {
      listening.abort();
    }
  };

  return {
    ask,
    open: (selection, { signal, onProgress }) =>
      runTask(signal, (worker, task) => worker.open(selection, task, proxy(onProgress))),
    upload: (selection, { signal, onEvent }) =>
      runTask(signal, (worker, task) => worker.upload(selection, task, proxy(onEvent)))
  };
};
