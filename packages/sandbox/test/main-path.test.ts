import { createMemoryStore, createSandbox } from "@tideway/sandbox";
import { createSqliteStore, listen, type Listening } from "@tideway/sandbox/node";
import { afterEach, describe, expect, it } from "vitest";

let server: Listening | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const continuous = {
  client: { name: "org.example.app", version: "1.0.0" },
  dataSetType: "continuous",
  deduplicator: { name: "org.tidepool.deduplicator.dataset.delete.origin" }
};
const cbg = (id: string, value: number) => ({
  type: "cbg",
  time: "2020-05-14T08:17:08Z",
  units: "mg/dL",
  value,
  origin: { id, name: "org.example.app", type: "application" }
});

describe.each([
  ["memory", () => createMemoryStore()],
  ["SQLite", () => createSqliteStore({ path: ":memory:" })]
])("over real HTTP with the %s store", (_, makeStore) => {
  it("logs in, opens a session, uploads, finds it and reads it back, the later datum in place of the earlier", async () => {
    server = await listen(createSandbox({ store: makeStore() }));
    const { url } = server;
    const login = await fetch(`${url}/auth/login`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa("demo@tideway.example:tideway")}` }
    });
    expect(login.status).toBe(200);
    const { userid } = (await login.json()) as { userid: string };
    const headers = {
      "x-tidepool-session-token": login.headers.get("x-tidepool-session-token") ?? "",
      "content-type": "application/json"
    };
    const call = (method: string, path: string, body?: unknown) =>
      fetch(url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

    const created = await call("POST", `/v1/users/${userid}/data_sets`, continuous);
    expect(created.status).toBe(201);
    const { data } = (await created.json()) as { data: { uploadId: string } };
    const posted = await call("POST", `/dataservices/v1/datasets/${data.uploadId}/data`, [
      cbg("a", 100),
      cbg("b", 120)
    ]);
    expect(posted.status).toBe(200);
    await call("POST", `/v1/data_sets/${data.uploadId}/data`, [cbg("a", 180)]);

    const found = await call("GET", `/v1/users/${userid}/data_sets?client.name=org.example.app&size=1`);
    expect(await found.json()).toMatchObject([{ uploadId: data.uploadId, dataSetType: "continuous" }]);
    const read = await call("GET", `/data/${userid}?uploadId=${data.uploadId}&type=cbg`);
    const values = ((await read.json()) as Array<{ value: number }>).map((datum) => datum.value);
    expect(values.sort()).toEqual([6.6609, 9.99135]);
  });
});
