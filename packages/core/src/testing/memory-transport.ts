import {
  type DataSet,
  type DataSetCreate,
  type Datum,
  type StoredDatum,
  checkBatch,
  normalize
} from "@tideway/schemas";
import { NotFound, Refused, SessionClosed } from "../contract/errors/transport-error.ts";
import type { CallOptions, DataQuery, DataSetQuery, Selector, Transport } from "../contract/transport.ts";

/** One call, as a fault sees it. */
export type MemoryCall =
  | { readonly name: "listDataSets"; readonly query: DataSetQuery }
  | { readonly name: "createDataSet"; readonly body: DataSetCreate }
  | { readonly name: "deleteDataSet"; readonly dataSetId: string }
  | {
      readonly name: "postData";
      readonly dataSetId: string;
      readonly datums: ReadonlyArray<MemoryDatum>;
      readonly bytes: number;
    }
  | { readonly name: "deleteData"; readonly dataSetId: string; readonly selectors: ReadonlyArray<Selector> }
  | { readonly name: "readData"; readonly query: DataQuery };

/** A datum as the model keeps it. */
export type MemoryDatum = Readonly<Record<string, unknown>>;

export interface MemoryTransportOptions {
  /** Names the server. Default: a name of its own for each. */
  readonly server?: string;
  /** Runs before a call has any effect: throws or rejects to fail it, waits to delay it. Default: nothing. */
  readonly before?: (call: MemoryCall, signal: AbortSignal | undefined) => void | Promise<void>;
  /** Runs after a call has had its effect and before its answer. Default: nothing. */
  readonly after?: (call: MemoryCall, signal: AbortSignal | undefined) => void | Promise<void>;
  /** Runs between the two steps in which a post replaces datums: marking the old ones and adding the new. Default: nothing. */
  readonly between?: (call: MemoryCall) => void | Promise<void>;
}

/** A Tidepool in memory: sets of data, checked and replaced by origin id. No users, no rights. */
export interface MemoryTransport extends Transport {
  /** Every call made, oldest first. */
  readonly calls: ReadonlyArray<MemoryCall>;
  readonly dataSets: ReadonlyArray<DataSet>;
  /** What a session holds. */
  stored(dataSetId: string): ReadonlyArray<MemoryDatum>;
  /** Ends a data set as a service would: it answers 409 from then on. */
  close(dataSetId: string): void;
  /** Takes a data set away without a trace: it answers 404 from then on. */
  drop(dataSetId: string): void;
}

interface Kept {
  dataSet: DataSet;
  closed: boolean;
  data: Array<{ readonly datum: MemoryDatum; marked: boolean }>;
}

const originId = (datum: MemoryDatum) => (datum["origin"] as { readonly id?: string } | undefined)?.id;

let made = 0;

/** A plain model of the transport port, for tests: replaces by origin id as the platform does, and fails where its options say so. */
export const createMemoryTransport = (options: MemoryTransportOptions = {}): MemoryTransport => {
  const { before, after, between } = options;
  const { server = `memory:${++made}` } = options;
  const calls: Array<MemoryCall> = [];
  const kept = new Map<string, Kept>();
  let count = 0;

  const call = async <A>(about: MemoryCall, { signal }: CallOptions, effect: () => A | Promise<A>): Promise<A> => {
    signal?.throwIfAborted();
    calls.push(about);
    await before?.(about, signal);
    const answer = await effect();
    await after?.(about, signal);
    signal?.throwIfAborted();
    return answer;
  };

  const find = (dataSetId: string): Kept => {
    const found = kept.get(dataSetId);
    if (!found) throw new NotFound({ message: `There is no data set ${dataSetId}.`, status: 404 });
    if (found.closed) throw new SessionClosed({ message: `Data set ${dataSetId} is closed.`, status: 409 });
    return found;
  };

  return {
    server,
    calls,
    get dataSets() {
      return [...kept.values()].map(({ dataSet }) => dataSet);
    },
    stored: (dataSetId) => (kept.get(dataSetId)?.data ?? []).filter(({ marked }) => !marked).map(({ datum }) => datum),
    close: (dataSetId) => {
      find(dataSetId).closed = true;
    },
    drop: (dataSetId) => {
      kept.delete(dataSetId);
    },
    listDataSets: (_, query, callOptions = {}) =>
      call({ name: "listDataSets", query }, callOptions, () => {
        const { page = 0, size = 100 } = query;
        return [...kept.values()]
          .map(({ dataSet }) => dataSet)
          .filter(({ client }) => query.appName === undefined || client?.name === query.appName)
          .filter(({ deletedTime }) => query.deleted === true || deletedTime === undefined)
          .toReversed()
          .slice(page * size, (page + 1) * size);
      }),
    createDataSet: (_, body, callOptions = {}) =>
      call({ name: "createDataSet", body }, callOptions, () => {
        const id = (++count).toString(16).padStart(32, "0");
        const createdTime = new Date(Date.UTC(2026, 0, 1) + count * 1000).toISOString();
        const dataSet = { ...body, id, uploadId: id, type: "upload", createdTime } as unknown as DataSet;
        kept.set(id, { dataSet, closed: false, data: [] });
        return dataSet;
      }),
    deleteDataSet: (dataSetId, callOptions = {}) =>
      call({ name: "deleteDataSet", dataSetId }, callOptions, () => {
        const found = kept.get(dataSetId);
        if (!found) throw new NotFound({ message: `There is no data set ${dataSetId}.`, status: 404 });
        found.data = [];
        found.dataSet = { ...found.dataSet, deletedTime: "2026-02-01T00:00:00Z" };
      }),
    postData: (dataSetId, body, callOptions = {}) => {
      const text = typeof body === "string" ? body : new TextDecoder().decode(body);
      const datums = JSON.parse(text) as ReadonlyArray<MemoryDatum>;
      const about: MemoryCall = { name: "postData", dataSetId, datums, bytes: text.length };
      return call(about, callOptions, async () => {
        const found = find(dataSetId);
        const verdict = checkBatch(datums);
        if (!verdict.ok)
          throw new Refused({ message: "The server refused the body.", status: 400, issues: verdict.issues });
        const newId = () => (++count).toString(16).padStart(32, "0");
        const records = datums.flatMap(
          (datum) => normalize(datum as unknown as Datum, { newId }) as unknown as ReadonlyArray<MemoryDatum>
        );
        const ids = new Set(records.map(originId));
        for (const one of found.data) if (ids.has(originId(one.datum))) one.marked = true;
        await between?.(about);
        found.data.push(...records.map((datum) => ({ datum, marked: false })));
        found.data = found.data.filter(({ datum, marked }) => !marked || !ids.has(originId(datum)));
      });
    },
    deleteData: (dataSetId, selectors, callOptions = {}) =>
      call({ name: "deleteData", dataSetId, selectors }, callOptions, () => {
        const found = find(dataSetId);
        const ids = new Set(selectors.map((selector) => ("origin" in selector ? selector.origin.id : selector.id)));
        found.data = found.data.filter(({ datum }) => !ids.has(originId(datum) ?? ""));
      }),
    async *readData(_, query, callOptions = {}) {
      const found = await call({ name: "readData", query }, callOptions, () =>
        query.uploadId === undefined
          ? [...kept.values()]
          : [kept.get(query.uploadId)].filter((one) => one !== undefined)
      );
      for (const { dataSet, closed } of query.type?.includes("upload") ? found : []) {
        yield { ...dataSet, _state: closed ? "closed" : "open" } as unknown as StoredDatum;
      }
      const [from, to] = [Date.parse(query.startDate ?? ""), Date.parse(query.endDate ?? "")];
      for (const { dataSet, data } of found) {
        for (const { datum, marked } of data) {
          const time = Date.parse(String(datum["time"]));
          const isAsked = !(time < from || time > to) && (query.type?.includes(String(datum["type"])) ?? true);
          if (!marked && isAsked) yield { ...datum, uploadId: dataSet.uploadId } as unknown as StoredDatum;
        }
      }
    }
  };
};
