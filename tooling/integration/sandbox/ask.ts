import type { Sandbox } from "@tideway/sandbox";

/** One request to a sandbox, its answer taken apart. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Speaks to a sandbox without a socket. */
export interface Asker {
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  json<Value>(method: string, path: string, body?: unknown): Promise<Value>;
  open(userId: string, body?: object): Promise<string>;
  /** One member of what a reader sees of a data set, sorted. */
  read(userId: string, uploadId: string, member?: string): Promise<ReadonlyArray<unknown>>;
}

/** A data set of the kind a continuous session is. */
export const continuous = {
  client: { name: "org.example.app", version: "1.0.0" },
  dataSetType: "continuous",
  deduplicator: { name: "org.tidepool.deduplicator.dataset.delete.origin" }
};

/** A glucose reading. */
export const reading = (id: string | undefined, value: number, more: object = {}) => ({
  type: "cbg",
  time: "2020-05-14T08:17:08Z",
  units: "mg/dL",
  value,
  ...(id === undefined ? {} : { origin: { id } }),
  ...more
});

/** Asks with a session token. */
export const askerOf = (sandbox: Pick<Sandbox, "fetch">, token: string): Asker => {
  const ask: Asker["ask"] = async (method, path, body, headers = {}) => {
    const text = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
    const all = { "x-tidepool-session-token": token, ...headers };
    const answer = await sandbox.fetch(new Request(`http://sandbox.test${path}`, { method, headers: all, body: text }));
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const json = async <Value>(method: string, path: string, body?: unknown) =>
    JSON.parse((await ask(method, path, body)).text) as Value;
  return {
    ask,
    json,
    async open(userId, body = continuous) {
      const { data } = await json<{ data: { uploadId: string } }>("POST", `/v1/users/${userId}/data_sets`, body);
      return data.uploadId;
    },
    async read(userId, uploadId, member = "value") {
      const all = await json<ReadonlyArray<Record<string, unknown>>>("GET", `/data/${userId}?uploadId=${uploadId}`);
      return all
        .filter((datum) => datum["type"] !== "upload")
        .map((datum) => datum[member])
        .sort();
    }
  };
};
