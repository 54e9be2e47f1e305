import { createTransport, fixedToken, passwordLogin } from "@tideway/transport";
import { expect, it } from "vitest";
import { usePlatform } from "./platform/control.ts";
import { inBrowser } from "./platform/start.ts";

const platform = usePlatform();
const ann = { tokens: { "token-ann": "ann" }, users: { ann: { email: "ann@example.org", password: "pässword" } } };
const open = () => createTransport({ environment: platform.url, credentials: fixedToken("token-ann") });

it("opens a session, finds it, uploads into it, reads back and deletes, at the documented paths", async () => {
  await platform.set(ann);
  const transport = open();
  const set = await transport.createDataSet("ann", { client: { name: "org.example.app" }, dataSetType: "continuous" });
  expect(await transport.listDataSets("ann", { appName: "org.example.app", size: 1 })).toMatchObject([{ id: set.id }]);
  await transport.postData(set.id, '[{"type":"cbg"},{"type":"smbg"}]');
  const read = [];
  for await (const datum of transport.readData("ann", { uploadId: set.id })) read.push(datum);
  expect(read).toEqual([{ type: "cbg" }, { type: "smbg" }]);
  await transport.deleteData(set.id, [{ origin: { id: "x" } }]);
  await transport.deleteDataSet(set.id);
  expect((await platform.seen()).map(({ method, path, query }) => `${method} ${path}${query}`)).toEqual([
    "POST /v1/users/ann/data_sets",
    "GET /v1/users/ann/data_sets?client.name=org.example.app&size=1",
    `POST /dataservices/v1/datasets/${set.id}/data`,
    `GET /data/ann?uploadId=${set.id}`,
    `DELETE /v1/data_sets/${set.id}/data`,
    `DELETE /v1/data_sets/${set.id}`
  ]);
});

it("logs in with e-mail and password, once for many requests", async () => {
  await platform.set(ann);
  const credentials = passwordLogin({ email: "ann@example.org", password: "pässword" });
  const transport = createTransport({ environment: platform.url, credentials });
  const users = await Promise.all(Array.from({ length: 20 }, () => transport.currentUser()));
  expect(users.map(({ userId }) => userId)).toEqual(Array.from({ length: 20 }, () => "ann"));
  expect(users[0]?.email).toBe("ann@example.org");
  expect((await platform.seen()).filter(({ path }) => path === "/auth/login")).toHaveLength(1);
});

it("says truthfully who asks, and lets every request be traced", async () => {
  await platform.set(ann);
  const credentials = fixedToken("token-ann");
  const transport = createTransport({
    environment: platform.url,
    credentials,
    app: { name: "org.example.app", version: "1.2.0" }
  });
  await Promise.all([transport.currentUser(), transport.listDataSets("ann", {})]);
  const headers = (await platform.seen()).map((request) => request.headers);
  const agent = inBrowser ? expect.stringMatching(/^Mozilla/) : "org.example.app/1.2.0 tideway";
  for (const one of headers) {
    expect(one).toMatchObject({
      "user-agent": agent,
      "x-tidepool-session-token": "token-ann",
      "x-tidepool-trace-request": expect.stringMatching(/^[0-9a-f]{32}$/),
      "x-tidepool-trace-session": headers[0]?.["x-tidepool-trace-session"]
    });
    expect(one["authorization"]).toBeUndefined();
    expect(one["cookie"]).toBeUndefined();
  }
  expect(headers[0]?.["x-tidepool-trace-request"]).not.toBe(headers[1]?.["x-tidepool-trace-request"]);
});

it("asks for another user's data only with the right to it, and names the one that is missing", async () => {
  const rights = { "bob ann": { view: {} } };
  await platform.set({ ...ann, rights });
  const transport = open();
  await transport.requireRight("upload", "ann");
  await transport.requireRight("view", "bob");
  await expect(transport.requireRight("upload", "bob")).rejects.toMatchObject({
    _tag: "Forbidden",
    message:
      "User ann is logged in and lacks the right to upload data of user bob (has only: view). Ask the user, or their clinic, to share it."
  });
  await expect(transport.requireRight("view", "eve")).rejects.toMatchObject({
    _tag: "Forbidden",
    message: expect.stringContaining("has no right on this user's data at all")
  });
  expect((await platform.seen()).some(({ path }) => path.startsWith("/data/"))).toBe(false);
});

it("gives each datum as it comes, long before the answer ends", async () => {
  const scripted = [{ on: "GET /data/ann", body: '[\n{"type":"cbg"},\n{"type":"smbg"},', endless: true }];
  await platform.set({ ...ann, scripted });
  const seen: Array<unknown> = [];
  for await (const datum of open().readData("ann", {})) {
    if (seen.push(datum) === 2) break;
  }
  expect(seen).toEqual([{ type: "cbg" }, { type: "smbg" }]);
});

it("reads a long answer whole, in order, and stops where its caller does", async () => {
  const datums = Array.from({ length: 20_000 }, (_, index) => ({ type: "cbg", index, filler: "x".repeat(200) }));
  await platform.set({ ...ann, data: { s1: datums } });
  let count = 0;
  for await (const datum of open().readData("ann", { uploadId: "s1", type: ["cbg", "smbg"], latest: false })) {
    expect(datum).toMatchObject({ index: count });
    if ((count += 1) === 100) break;
  }
  expect((await platform.seen()).at(-1)?.query).toBe("?uploadId=s1&type=cbg%2Csmbg&latest=false");
  count = 0;
  for await (const _ of open().readData("ann", { uploadId: "s1" })) count += 1;
  expect(count).toBe(20_000);
});
