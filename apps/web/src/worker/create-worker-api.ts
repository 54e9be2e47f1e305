import type { PreviewRecords } from "../preview/preview-records.ts";
import { previewSource } from "../preview/preview-source.ts";
import { RecordTable } from "../preview/record-table.ts";
import type { TabTidepool } from "../sandbox/tab-tidepool.ts";
import { failureOf } from "./failure-of.ts";
import { createPauseSwitch } from "./pause-switch.ts";
import { thisApp } from "./this-app.ts";
import type { Result, WorkerApi } from "./worker-api.ts";

/** What is opened, and what is asked about it. */
interface OpenedRecords {
  readonly records: PreviewRecords;
  readonly table: RecordTable;
}

/** Runs something that may fail, and has the failure as a value. */
const attempt = async <A>(
  work: () => A | Promise<A>,
  signal: AbortSignal = new AbortController().signal,
  task: "open" | "upload" = "open"
): Promise<Result<A>> => {
  try {
    return { value: await work() };
  } catch (error) {
    return { failure: failureOf(error, signal, task) };
  }
};

/** Makes what the worker does for the page; it owns the tasks that run, what is opened, and the sandbox. */
export const createWorkerApi = (): WorkerApi => {
  const running = new Map<number, AbortController>();
  const pause = createPauseSwitch();
  let opened: OpenedRecords | undefined;
  let tidepool: Promise<TabTidepool> | undefined;

  const tabTidepool = (): Promise<TabTidepool> =>
    // Only those who upload need the sandbox.
    (tidepool ??= import("../sandbox/tab-tidepool.ts").then(({ createTabTidepool }) => createTabTidepool()));

  const whatIsOpened = (): OpenedRecords => {
    if (opened === undefined) throw new Error("No file is opened.");
    return opened;
  };

  const runTask = async <A>(
    task: number,
    kind: "open" | "upload",
    work: (signal: AbortSignal) => Promise<A>
  ): Promise<Result<A>> => {
    const controller = new AbortController();
    running.set(task, controller);
    const result = await attempt(() => work(controller.signal), controller.signal, kind);
    running.delete(task);
    return result;
  };

  return {
    open: (selection, task, onCounts) =>
      runTask(task, "open", async (signal) => {
        const found = await previewSource(selection, { signal, onProgress: onCounts });
        if (found.status === "asking") return found;
        opened = { records: found.records, table: new RecordTable(found.records.records) };
        return { status: "ready", preview: found.preview };
      }),
    view: (query) => attempt(() => whatIsOpened().records.view(query)),
    records: (query) => attempt(() => whatIsOpened().table.page(query)),
    datumAt: (row) => attempt(() => whatIsOpened().table.datumAt(row)),
    overlaps: ({ files, answers, now }) =>
      attempt(async () => {
        const { client, sessions } = await tabTidepool();
        // Reading the files once more is for accounts that other programs send to.
        const others = (await sessions()).filter(({ appName }) => appName !== thisApp.name);
        if (others.length === 0) return { overlaps: [], days: 0, sampledDays: [], readings: 0 };
        const { openSource } = await import("@tideway/sources");
        const source = await openSource(files, { ...answers, now });
        return client.findOverlaps(() => source);
      }),
    upload: (selection, task, onEvent) =>
      runTask(task, "upload", async (signal) => {
        const [{ uploadFiles }, { client, watched }] = await Promise.all([import("./upload-files.ts"), tabTidepool()]);
        pause.set(false);
        watched.begin();
        watched.onReadBack = (readBack) => onEvent({ type: "checking", readBack });
        return uploadFiles(client, selection, {
          signal,
          pause,
          onProgress: (event) => event.type !== "done" && onEvent({ type: "progress", event }),
          onChecking: () => onEvent({ type: "checking", readBack: 0 })
        });
      }),
    stop: (task) => running.get(task)?.abort(),
    pause: (isPaused) => pause.set(isPaused),
    undo: () =>
      attempt(async () => {
        const { client, watched } = await tabTidepool();
        const removed = await client.remove([...watched.ids]);
        watched.begin();
        return removed;
      }),
    sessions: () => attempt(async () => (await tabTidepool()).sessions()),
    setFaults: (names) =>
      attempt(async () => {
        const [{ faultsOf }, { sandbox }] = await Promise.all([import("../sandbox/fault-switches.ts"), tabTidepool()]);
        sandbox.faults.set(faultsOf(names));
        return null;
      }),
    deleteSession: () =>
      attempt(async () => {
        const { client, transport } = await tabTidepool();
        const session = await client.session.find();
        if (session !== undefined) await transport.deleteDataSet(session.uploadId ?? session.id ?? "");
        return null;
      }),
    log: () => attempt(async () => (await tabTidepool()).sandbox.log.entries()),
    unkept: () => attempt(async () => (await tabTidepool()).sandbox.unkept()),
    erase: () =>
      attempt(async () => {
        const { eraseLedger } = await import("../sandbox/tab-tidepool.ts");
        await (await tabTidepool()).sandbox.erase();
        await eraseLedger();
        return null;
      })
  };
};
