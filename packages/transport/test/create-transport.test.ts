import { createTransport, fixedToken, passwordLogin } from "@tideway/transport";
import { expect, it } from "vitest";
import { usePlatform } from "./platform/control.ts";

const platform = usePlatform();
const ann = { tokens: { "token-ann": "ann" }, users: { ann: { email: "ann@example.org", password: "pässword" } } };
const open = () => createTransport({ environment: platform.url, credentials: fixedToken("token-ann") });

it("opens a session, finds it, uploads into it, reads back and deletes, at the documented paths", async () => {
  await platform.set(ann);
  const transport = open();
  const set = await transport.createDataSet("ann", { client: { name: "org.example.app" }, dataSetType: "continuous" });
  expect(await transport.listDataSets("ann", { clientName: "org.example.app", size: 1 })).toMatchObject([
    { id: set.id }
  ]);
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
