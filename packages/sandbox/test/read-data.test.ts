import { createSandbox } from "@tideway/sandbox";
import { describe, expect, it } from "vitest";
import { clientOf, continuous, reading } from "./client.ts";

const users = [
  { userId: "u1", token: "owner" },
  { userId: "u2", token: "viewer", permissions: { u1: ["view"] } },
  { userId: "u3", token: "uploader", permissions: { u1: ["upload"] } },
  { token: "service", service: true }
];

const at = (time: string, more: object = {}) => ({ type: "food", time, ...more });
const bolus = (time: string, subType: string) => ({ type: "bolus", subType, time, normal: 1 });

const filled = async (options: Parameters<typeof createSandbox>[0] = { users }) => {
  const sandbox = createSandbox(options);
  const client = clientOf(sandbox, "owner");
  const uploadId = await client.open("u1");
  const data = [
    at("2020-01-01T00:00:00Z", { name: "one" }),
    at("2020-01-02T00:00:00Z", { name: "two", deviceId: "d" }),
    at("2020-01-03T00:00:00.5Z", { name: "three" }),
    bolus("2020-01-02T00:00:00Z", "normal"),
    reading("g", 100),
    { type: "water", time: "2020-01-04T00:00:00Z", amount: { units: "milliliters", value: 250 } }
  ];
  expect((await client.call("POST", `/v1/data_sets/${uploadId}/data`, data)).status).toBe(200);
  const read = (query: string) => client.json<ReadonlyArray<Record<string, unknown>>>("GET", `/data/u1?${query}`);
  return { sandbox, client, uploadId, read };
};

describe("GET /data/{userId}", () => {
  it("streams a bare array, a record a line, its members sorted, nothing of the server's bookkeeping in it", async () => {
    const { client, uploadId } = await filled();
    const text = await (
      await client.call("GET", `/data/u1?uploadId=${uploadId}&type=food&endDate=2020-01-01T00:00:00Z`)
    ).text();
    expect(text).toMatch(
      /^\[\n\{"id":"[0-9a-f]{32}","name":"one","time":"2020-01-01T00:00:00Z","type":"food","uploadId":"[0-9a-f]{32}"\}\n\]$/
    );
    expect(await (await client.call("GET", "/data/u1?type=smbg")).text()).toBe("[]");
  });

  it.each([
    ["type=food", ["one", "two", "three"]],
    ["type=food&startDate=2020-01-02T00:00:00Z", ["two", "three"]],
    ["type=food&startDate=2020-01-01T00:00:00Z&endDate=2020-01-02T00:00:00Z", ["one", "two"]],
    ["type=food&startDate=2020-01-02T01:00:00%2B01:00&endDate=2020-01-02T01:00:00%2B01:00", ["two"]],
    ["type=food,bolus&deviceId=d", ["two"]],
    ["type=food&unknown=parameter", ["one", "two", "three"]],
    ["latest=true&type=food", ["three"]]
  ])("filters by %s", async (query, names) => {
    const { read } = await filled();
    expect((await read(query)).flatMap(({ name }) => name ?? [])).toEqual(names);
  });

  it("knows subType with a capital T and ignores subtype", async () => {
    const { read } = await filled();
    expect((await read("subType=normal")).map(({ type }) => type)).toEqual(["bolus"]);
    expect((await read("subType=square")).length).toBe(0);
    expect((await read("subtype=square&type=bolus")).length).toBe(1);
  });

  it("gives with latest the newest of each type of a fixed list, which water is not on", async () => {
    const { read } = await filled();
    expect((await read("latest=true")).map(({ type }) => type).sort()).toEqual(["bolus", "cbg", "food", "upload"]);
  });

  it("shows the state of a data set only here", async () => {
    const { sandbox, client, uploadId, read } = await filled();
    const seen = () => read(`type=upload&uploadId=${uploadId}`);
    expect(await seen()).toMatchObject([{ _state: "open", uploadId }]);
    await clientOf(sandbox, "service").call("PUT", `/v1/data_sets/${uploadId}`, { state: "closed" });
    expect(await seen()).toMatchObject([{ _state: "closed", uploadId }]);
    expect(await client.json("GET", `/v1/data_sets/${uploadId}`)).not.toHaveProperty("_state");
  });

  it.each(["startDate=yesterday", "endDate=2020-01-01", "latest=maybe", "sampleIntervalMinimum=x", "carelink=2"])(
    "answers 500 to %s, before it looks at the token",
    async (query) => {
      const { sandbox } = await filled();
      const answer = await clientOf(sandbox, "bad").call("GET", `/data/u1?${query}`);
      expect([answer.status, await answer.json()]).toMatchObject([500, { status: 500, code: "invalid_parameters" }]);
    }
  );

  it("is for the user, who may view and services; all others get 403, never 401, and Bearer does not count", async () => {
    const { sandbox } = await filled();
    const status = async (token: string) => (await clientOf(sandbox, token).call("GET", "/data/u1")).status;
    expect([await status("owner"), await status("viewer"), await status("service")]).toEqual([200, 200, 200]);
    expect([await status("uploader"), await status("bad")]).toEqual([403, 403]);
    const bearer = new Request("http://sandbox.test/data/u1", { headers: { authorization: "Bearer owner" } });
    const answer = await sandbox.fetch(bearer);
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: "data_cant_view" }]);
  });

  it("leaves out readings in a connected source's range unless they are its own, but not where an uploadId is given", async () => {
    const range = { earliestDataTime: "2020-05-01T00:00:00Z", latestDataTime: "2020-06-01T00:00:00Z" };
    const connect = (dataSetIds: ReadonlyArray<string>) =>
      users.map((user) => (user.userId === "u1" ? { ...user, dataSources: [{ ...range, dataSetIds }] } : user));
    const { read, uploadId, sandbox } = await filled({ users: connect([]) });
    expect((await read("type=cbg")).length).toBe(0);
    expect((await read("type=cbg&cbgFilter=false")).length).toBe(1);
    expect((await read("type=cbg&dexcom=true")).length).toBe(1);
    expect((await read(`type=cbg&uploadId=${uploadId}`)).length).toBe(1);
    const own = createSandbox({ users: connect([uploadId]), store: sandbox.store });
    expect(await clientOf(own, "owner").json("GET", "/data/u1?type=cbg")).toHaveLength(1);
  });

  it("does not show what waits in an open normal set, nor other users' data", async () => {
    const { client, read, sandbox } = await filled();
    const normal = await client.open("u1", { ...continuous, dataSetType: "normal" });
    await client.call("POST", `/v1/data_sets/${normal}/data`, [at("2020-02-01T00:00:00Z", { name: "waiting" })]);
    expect((await read("type=food")).length).toBe(3);
    await client.call("PUT", `/v1/data_sets/${normal}`);
    expect((await read("type=food")).length).toBe(4);
    expect(await clientOf(sandbox, "viewer").json("GET", "/data/u2")).toEqual([]);
  });
});
