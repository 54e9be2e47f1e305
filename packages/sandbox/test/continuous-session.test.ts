import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

// The requests and sample answers of Tidepool's guide "Uploading data in a continuous session", over real HTTP.
let server: Listening;
beforeAll(async () => {
  server = await listen(createSandbox({ users: [{ userId: "a1b2c3d4e5", token: "{sessionToken}" }] }));
});
afterAll(() => server.close());

const headers = { "X-Tidepool-Session-Token": "{sessionToken}", "Content-Type": "application/json" };
const users = () => `${server.url}/v1/users/a1b2c3d4e5/data_sets`;

const sample = {
  createdTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/) as string,
  deduplicator: { name: "org.tidepool.deduplicator.dataset.delete.origin", version: "1.0.0" },
  id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
  modifiedTime: expect.any(String) as string,
  type: "upload",
  uploadId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
  client: { name: "org.example.app", version: "1.0.0" },
  dataSetType: "continuous"
};

const cbg = (time: string, deviceTime: string, value: number, id: string, interstitialSignal: number) => ({
  time,
  timezoneOffset: 660,
  clockDriftOffset: 0,
  conversionOffset: 0,
  deviceTime,
  deviceId: "MMT-1711:12345678",
  type: "cbg",
  value,
  units: "mg/dL",
  origin: { id, name: "com.apple.HealthKit", type: "service" },
  payload: { interstitialSignal }
});

describe("the guide to continuous sessions", () => {
  it("opens a session, finds it, uploads two readings and reads them back", async () => {
    const body = {
      client: { name: "org.example.app", version: "1.0.0" },
      dataSetType: "continuous",
      deduplicator: { name: "org.tidepool.deduplicator.dataset.delete.origin" }
    };
    const opened = await fetch(users(), { method: "POST", headers, body: JSON.stringify(body) });
    expect(opened.status).toBe(201);
    const { data } = (await opened.json()) as { data: { uploadId: string } };
    expect(data).toMatchObject(sample);

    const found = await fetch(`${users()}?client.name=org.example.app`, { headers });
    expect(found.status).toBe(200);
    expect(await found.json()).toMatchObject([{ ...sample, id: data.uploadId, uploadId: data.uploadId }]);

    const readings = [
      cbg("2017-02-05T13:26:51.000Z", "2017-02-06T00:26:51", 119, "06b10116-e85c-4abe-8a35-4eca838bd484", 24.98),
      cbg("2017-02-05T13:31:51.000Z", "2017-02-06T00:31:51", 120, "1c26886a-ae52-4e43-84cf-5047afe3efc3", 25.22)
    ];
    const address = `${server.url}/dataservices/v1/datasets/${data.uploadId}/data`;
    const posted = await fetch(address, { method: "POST", headers, body: JSON.stringify(readings) });
    expect([posted.status, await posted.json()]).toMatchObject([200, { data: [] }]);

    const read = await fetch(`${server.url}/data/a1b2c3d4e5?uploadId=${data.uploadId}&type=cbg`, { headers });
    expect(await read.json()).toEqual(
      readings.map((reading, at) => ({
        ...reading,
        id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        uploadId: data.uploadId,
        time: ["2017-02-05T13:26:51Z", "2017-02-05T13:31:51Z"][at],
        units: "mmol/L",
        value: [6.60539, 6.6609][at]
      }))
    );
  });
});
