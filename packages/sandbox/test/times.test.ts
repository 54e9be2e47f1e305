import { createSandbox } from "@tideway/sandbox";
import { describe, expect, it } from "vitest";
import { clientOf, continuous } from "./client.ts";

const users = [
  { userId: "u1", token: "owner" },
  { token: "service", service: true }
];

const opened = async (deduplicator = continuous.deduplicator.name) => {
  const sandbox = createSandbox({ users });
  const client = clientOf(sandbox, "owner");
  const uploadId = await client.open("u1", { ...continuous, deduplicator: { name: deduplicator } });
  return { sandbox, client, uploadId };
};

/** Times as the platform's own reader takes them, whatever this machine's does. */
const taken = ["2026-05-14T8:17:08Z", "2026-05-14T08:17:08,5Z", "2026-05-14T08:17:08+24:00"];
const refused = ["2026-02-30T08:00:00Z", "2026-05-14T24:00:00Z", "2026-05-14T08:17:08", "yesterday"];

describe("a time is read by the platform's rule", () => {
  it.each([...taken.map((time) => [time, 200] as const), ...refused.map((time) => [time, 500] as const)])(
    "in a selector and in a query: %s gives %d",
    async (time, status) => {
      const { client, uploadId } = await opened();
      const selectors = [{ origin: { id: "a", time } }];
      expect((await client.call("DELETE", `/v1/data_sets/${uploadId}/data`, selectors)).status).toBe(status);
      const query = `/data/u1?startDate=${encodeURIComponent(time)}`;
      expect((await client.call("GET", query)).status).toBe(status);
    }
  );

  it.each(taken)("in what a service changes of a data set: %s", async (time) => {
    const { sandbox, uploadId } = await opened();
    const service = clientOf(sandbox, "service");
    expect((await service.call("PUT", `/v1/data_sets/${uploadId}`, { time })).status).toBe(200);
  });

  it.each([
    ["2026-05-14T8:00:00Z", "2026-05-14T9:00:00Z"],
    ["2026-05-14T08:00:00.0001Z", "2026-05-14T08:00:00.0002Z"]
  ])("where the newer of two replaces the older: %s, %s", async (older, newer) => {
    const { client, uploadId } = await opened("org.tidepool.deduplicator.dataset.delete.origin.older");
    const food = (time: string) => ({ type: "food", time: "2026-05-14T08:00:00Z", origin: { id: "a", time } });
    for (const time of [older, newer, older]) {
      expect((await client.call("POST", `/v1/data_sets/${uploadId}/data`, [food(time)])).status).toBe(200);
    }
    expect(await client.read("u1", uploadId)).toMatchObject([{ origin: { time: newer } }]);
  });
});

describe("what is no JSON for the platform", () => {
  it.each([
    [
      "a number of 301 digits with an exponent",
      `[{"type":"food","time":"2026-05-14T08:17:08Z","payload":{"a":1${"0".repeat(300)}e20}}]`
    ],
    [
      "what is nested deeper than it reads",
      `[{"type":"food","time":"2026-05-14T08:17:08Z","a":${"[".repeat(10_001)}${"]".repeat(10_001)}}]`
    ]
  ])("is refused as such: %s", async (_, body) => {
    const { client, uploadId } = await opened();
    const answer = await client.call("POST", `/v1/data_sets/${uploadId}/data`, body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ code: "json-malformed" }] });
  });
});

describe("where only newer ones of an id are taken", () => {
  const food = (hour: number | undefined) => ({
    type: "food",
    time: "2026-05-14T08:00:00Z",
    origin: { id: "a", ...(hour === undefined ? {} : { time: `2026-05-14T${10 + hour}:00:00Z` }) }
  });

  it.each([
    [[[0, 2, 1]], [0, 2]],
    [[[2, 0, 1]], [2]],
    [[[1, 1, 1]], [1]],
    [[[undefined, undefined, 1, undefined]], [undefined, 1]],
    [
      [[0, 2], [1]],
      [0, 2]
    ],
    [[[0, 2], [3]], [3]],
    [
      [[1], [0, 2, 1, 3]],
      [2, 3]
    ]
  ])("each is compared with the last one that was taken: of %j stay %j", async (requests, left) => {
    const { client, uploadId } = await opened("org.tidepool.deduplicator.dataset.delete.origin.older");
    for (const hours of requests) await client.call("POST", `/v1/data_sets/${uploadId}/data`, hours.map(food));
    const origins = (await client.read("u1", uploadId)).map(({ origin }) => origin);
    expect(origins).toEqual(left.map((hour) => food(hour).origin));
  });

  it("no other type is looked at", async () => {
    const { client, uploadId } = await opened("org.tidepool.deduplicator.dataset.delete.origin.older");
    const water = (hour: number) => ({ ...food(hour), type: "water", amount: { units: "liters", value: 1 } });
    const other = { ...food(0), origin: { id: "b" } };
    await client.call("POST", `/v1/data_sets/${uploadId}/data`, [water(1), water(0), other]);
    expect(await client.read("u1", uploadId)).toHaveLength(3);
  });
});
