import { createTransport, fixedToken } from "@tideway/transport";
import { expect, it } from "vitest";

const meta = { trace: { request: "r" } };
const set = { id: "s1", uploadId: "s1", type: "upload" };

const answering = (status: number, body: unknown) =>
  createTransport({
    environment: {
      fetch: async () =>
        new Response(status === 204 ? null : typeof body === "string" ? body : JSON.stringify(body), { status })
    },
    credentials: fixedToken("t")
  });

const strange: ReadonlyArray<readonly [number, unknown]> = [
  [200, { data: null }],
  [200, { data: null, meta }],
  [200, { data: {}, meta }],
  [200, { data: [{}], meta }],
  [200, { data: [] }],
  [200, { data: [], meta: {} }],
  [200, { data: [], meta: { trace: null } }],
  [200, { data: [], meta: { trace: { request: 7 } } }],
  [200, { ok: true }],
  [200, []],
  [200, "null"],
  [200, ""],
  [200, "<html>"],
  [201, { data: [], meta }],
  [202, { data: [], meta }],
  [204, ""]
];

it.each(strange)("takes %i %j for no acknowledgement of data, sent or deleted", async (status, body) => {
  const transport = answering(status, body);
  await expect(transport.postData("s1", "[]")).rejects.toMatchObject({ _tag: "UnexpectedAnswer", status });
  await expect(transport.deleteData("s1", [{ origin: { id: "x" } }])).rejects.toMatchObject({
    _tag: "UnexpectedAnswer"
  });
});

it("takes the platform's own answers", async () => {
  await answering(200, { data: [], meta }).postData("s1", "[]");
  await answering(200, { data: [], meta: { trace: { request: "r", session: "s" } } }).postData("s1", "[]");
  await answering(200, { data: [], meta }).deleteData("s1", [{ origin: { id: "x" } }]);
  await answering(200, { data: {}, meta }).deleteDataSet("s1");
  expect(await answering(201, { data: set, meta }).createDataSet("u", {})).toEqual(set);
  expect(await answering(200, [set]).listDataSets("u", {})).toEqual([set]);
  expect(await answering(200, []).listDataSets("u", {})).toEqual([]);
});

it.each([
  [200, { data: set, meta }],
  [201, set],
  [201, { data: { ...set, uploadId: "" }, meta }],
  [201, { data: set }],
  [201, { data: [set], meta }],
  [204, ""]
])("takes %i %j for no session that was opened", async (status, body) => {
  await expect(answering(status, body).createDataSet("u", {})).rejects.toMatchObject({ _tag: "UnexpectedAnswer" });
});

it.each([
  [200, { data: [set], meta }],
  [200, [set, {}]],
  [200, [{ uploadId: 1 }]],
  [200, {}],
  [200, "<html>"],
  [201, [set]],
  [204, ""]
])("takes %i %j for no list of sessions", async (status, body) => {
  await expect(answering(status, body).listDataSets("u", {})).rejects.toMatchObject({ _tag: "UnexpectedAnswer" });
});

it.each([
  [200, { data: [], meta }],
  [200, { data: {} }],
  [204, ""]
])("takes %i %j for no session that was deleted", async (status, body) => {
  await expect(answering(status, body).deleteDataSet("s1")).rejects.toMatchObject({ _tag: "UnexpectedAnswer" });
});

it.each([
  [201, "[]"],
  [204, ""]
])("takes %i %j for no data read back", async (status, body) => {
  const reading = (async () => {
    for await (const _ of answering(status, body).readData("u", {}));
  })();
  await expect(reading).rejects.toMatchObject({ _tag: "UnexpectedAnswer" });
});
