import type { Sandbox } from "@tideway/sandbox";

/** A data set of the kind a continuous session is. */
export const continuous = {
  client: { name: "org.example.app", version: "1.0.0" },
  dataSetType: "continuous",
  deduplicator: { name: "org.tidepool.deduplicator.dataset.delete.origin" }
};

/** A glucose reading. */
export const reading = (originId: string | undefined, value = 100, more: object = {}) => ({
  type: "cbg",
  time: "2020-05-14T08:17:08Z",
  units: "mg/dL",
  value,
  ...(originId === undefined ? {} : { origin: { id: originId } }),
  ...more
});

/** What a test asks of a sandbox, without a socket. */
export interface Client {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The answer's JSON. */
  json<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Opens a session and gives its id. */
  open(userId: string, body?: object): Promise<string>;
  /** What a reader sees of a data set, without the set itself. */
  read(userId: string, uploadId: string): Promise<ReadonlyArray<Record<string, unknown>>>;
}

/** Speaks to a sandbox as the holder of a token. */
export const clientOf = (sandbox: Pick<Sandbox, "fetch">, token: string): Client => {
  const call: Client["call"] = (method, path, body, headers = {}) => {
    const text = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
    const all = { "x-tidepool-session-token": token, ...headers };
    return sandbox.fetch(new Request(`http://sandbox.test${path}`, { method, headers: all, body: text }));
  };
  const json = async <Answer>(method: string, path: string, body?: unknown) =>
    (await (await call(method, path, body)).json()) as Answer;
  return {
    call,
    json,
    async open(userId, body = continuous) {
      const { data } = await json<{ data: { uploadId: string } }>("POST", `/v1/users/${userId}/data_sets`, body);
      return data.uploadId;
    },
    async read(userId, uploadId) {
      const all = await json<ReadonlyArray<Record<string, unknown>>>("GET", `/data/${userId}?uploadId=${uploadId}`);
      return all.filter((datum) => datum["type"] !== "upload");
    }
  };
};
