import type { Example } from "./example.ts";

const headers = { "X-Tidepool-Session-Token": "{sessionToken}", "Content-Type": "application/json" };
const client = { name: "{clientName}", version: "{clientVersion}" };
const deduplicator = { name: "org.tidepool.deduplicator.dataset.delete.origin", version: "1.0.0" };
const session = {
  client,
  createdTime: "2026-03-01T08:05:25.851Z",
  dataSetType: "continuous",
  deduplicator,
  id: "{uploadSessionId}",
  modifiedTime: "2026-03-01T08:05:25.889Z",
  type: "upload",
  uploadId: "{uploadSessionId}"
};
const cbg = (id: string, minute: number, value: number) => ({
  time: `2026-03-01T13:${minute}:51.000Z`,
  timezoneOffset: 60,
  clockDriftOffset: 0,
  conversionOffset: 0,
  deviceTime: `2026-03-01T14:${minute}:51`,
  deviceId: "sensor-12345678",
  type: "cbg",
  value,
  units: "mg/dL",
  origin: { id, name: "com.apple.HealthKit", type: "service" },
  payload: { interstitialSignal: 24.98 }
});

/** The requests and answers of a continuous session, in the order in which a client makes them. */
export const ownExamples: ReadonlyArray<Example> = [
  {
    title: "open a session",
    request: {
      method: "post",
      url: "https://int-api.tidepool.org/v1/users/{userId}/data_sets",
      query: null,
      headers,
      body: { client, dataSetType: "continuous", deduplicator: { name: deduplicator.name } }
    },
    answer: { data: session }
  },
  {
    title: "find a session",
    request: {
      method: "get",
      url: "https://int-api.tidepool.org/v1/users/{userId}/data_sets",
      query: { "client.name": "{clientName}" },
      headers,
      body: null
    },
    answer: [session]
  },
  {
    title: "upload nothing",
    request: {
      method: "post",
      url: "https://int-api.tidepool.org/dataservices/v1/datasets/{uploadSessionId}/data",
      headers,
      body: []
    }
  },
  {
    title: "upload two readings",
    request: {
      method: "post",
      url: "https://int-api.tidepool.org/dataservices/v1/datasets/{uploadSessionId}/data",
      headers,
      body: [cbg("06b10116-0000-4abe-8a35-4eca838bd484", 26, 119), cbg("1c26886a-0000-4e43-84cf-5047afe3efc3", 31, 120)]
    }
  }
];
