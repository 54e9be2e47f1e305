import { createMemoryStore } from "@tideway/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { continuous, reading } from "./client.ts";
import { type RawRequest, type Servers, startServers } from "./over-sockets.ts";

const users = [
  { userId: "a1b2c3d4e5", token: "owner" },
  { token: "service", service: true }
];
let servers: Servers;
let id: string;

const as = (token: string): RawRequest["lines"] => [["X-Tidepool-Session-Token", token]];
const ask = (method: string, target: string, body?: unknown, lines: RawRequest["lines"] = as("owner")) =>
  servers.ask({
    method,
    target,
    lines,
    body: typeof body === "string" || body === undefined ? body : JSON.stringify(body)
  });
const list = "/v1/users/a1b2c3d4e5/data_sets";

beforeAll(async () => {
  servers = await startServers(createMemoryStore(), { users, serviceSecret: "secret" });
  const { data } = JSON.parse((await ask("POST", list, continuous)).text) as { data: { id: string } };
  ({ id } = data);
});
afterAll(() => servers.close());

const router = (error: string) => JSON.stringify({ Error: error });
const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

describe("a path", () => {
  it.each([
    "//",
    "///",
    "//v1/time",
    "//evil.example/v1/time",
    "/v1/./time",
    "/v1/x/../time",
    "/v1/time/.",
    "/v1%2Ftime",
    "/v1/data_sets/",
    "/v1/data_sets/ID.",
    "/v1/data_sets/.ID",
    "/v1/data_sets/ID.json",
    "/v1/data_sets/.",
    "/v1/data_sets/..",
    "/v1/data_sets/ID/.",
    "/v1/data_sets/x/../ID",
    "/v1/users/a1b2c3d4e5./data_sets",
    "/v1/users/x/../a1b2c3d4e5/data_sets"
  ])("%s leads nowhere: the router does not tidy it, and a dot ends an id", async (path) => {
    const { status, text } = await ask("GET", path.replace("ID", id));
    expect([status, text]).toEqual([404, router("Resource not found")]);
  });

  it.each(["ID#", "ID#x", "ID%23", "ID%20", 'ID"', "ENCODED", "%2e%2e", "ID%2Fdata"])(
    "to %s leads nowhere: the router takes no id with an escaped character in it",
    async (path) => {
      const encoded = `%${id.charCodeAt(0).toString(16)}${id.slice(1)}`;
      const { status, text } = await ask("GET", `/v1/data_sets/${path.replace("ID", id).replace("ENCODED", encoded)}`);
      expect([status, text]).toEqual([404, router("Resource not found")]);
    }
  );

  it.each(["/v1/data_sets/%", "/v1/data_sets/%zz", "/v1/data_sets/ID%4", "/%/v1/time"])(
    "with a bad escape is no request for any handler: %s",
    async (path) => {
      const { status, text, headers } = await ask("GET", path.replace("ID", id));
      expect([status, text, headers.get("content-type")]).toEqual([
        400,
        "400 Bad Request",
        "text/plain; charset=utf-8"
      ]);
    }
  );

  it("never makes it fail", async () => {
    const odd = [
      "//",
      "/%00",
      "/?",
      "/??",
      "/#",
      "/?#",
      "/;",
      "/:",
      "/@",
      "/*",
      "/[",
      "/%5B",
      "/\\",
      "/|",
      "/v1/data_sets//data"
    ];
    for (const path of [
      ...odd,
      ...odd.map((end) => `/v1/data_sets${end}`),
      ...odd.map((end) => `/v1/users${end}/data`)
    ]) {
      for (const method of ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "TRACE"]) {
        const { status } = await ask(method, path);
        expect({ method, path, status, fine: status >= 400 && status < 500 }).toMatchObject({ fine: true });
      }
    }
  });

  it("may be empty where something follows", async () => {
    expect((await ask("GET", "/v1/users//data_sets")).text).toContain("parameter-missing");
    expect((await ask("POST", "/v1/data_sets//data", [])).text).toContain("data-set-id-missing");
  });
});

describe("header lines", () => {
  it("are told apart: of several trace lines the first counts", async () => {
    const lines = [
      ...as("owner"),
      ["X-Tidepool-Trace-Request", "one, two"],
      ["X-Tidepool-Trace-Request", "three"],
      ["X-Tidepool-Trace-Session", "four"],
      ["x-tidepool-trace-session", "five"]
    ] as const;
    const { headers, text } = await ask("GET", "/v1/time", undefined, lines);
    expect(headers.get("x-tidepool-trace-request")).toBe("one, two");
    expect(headers.get("x-tidepool-trace-session")).toBe("four");
    expect(JSON.parse(text)).toMatchObject({ meta: { trace: { request: "one, two", session: "four" } } });
  });

  it("with an empty first one count as none", async () => {
    const lines = [["X-Tidepool-Trace-Request", ""], ["X-Tidepool-Trace-Request", "two"], ...as("owner")] as const;
    const { headers } = await ask("GET", "/v1/time", undefined, lines);
    expect(headers.get("x-tidepool-trace-request")).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    [[["Authorization", "Bearer service"]], 403],
    [[["Authorization", "Bearer service"], ...as("owner")], 403],
    [as("service"), 200],
    [[["X-Tidepool-Service-Secret", "secret"]], 200],
    [[...as("owner"), ...as("owner")], 403]
  ] as ReadonlyArray<[RawRequest["lines"], number]>)("%j give %d", async (lines, status) => {
    expect((await ask("GET", list, undefined, lines)).status).toBe(status);
    expect((await ask("GET", `/v1/data_sets/${id}`, undefined, lines)).status).toBe(status);
  });
});

it("tells the bytes of a trace as UTF-8 in the body, and as they came in the header", async () => {
  const latin = (text: string) => Buffer.from(text).toString("latin1");
  const long = `${"é".repeat(31)}x€`;
  const lines = [
    ...as("owner"),
    ["X-Tidepool-Trace-Request", latin(long)],
    ["X-Tidepool-Trace-Session", "\u00E9"]
  ] as const;
  const { headers, text } = await ask("GET", "/v1/time", undefined, lines);
  expect(headers.get("x-tidepool-trace-request")).toBe(latin(long).slice(0, 64));
  const trace = { request: `${"é".repeat(31)}x\u{FFFD}`, session: "\u{FFFD}" };
  expect(JSON.parse(text)).toMatchObject({ meta: { trace } });
});

describe("a query", () => {
  it.each([
    ["restricted_token=a&restricted_token=b", 403],
    ["restricted_token=a&x=%zz&restricted_token=a", 403],
    ["restricted_token=a", 401],
    ["restricted_token=a&restricted_token=%zz", 401]
  ])("%s without another token gives %d", async (query, status) =>
    expect((await ask("GET", `/v1/data_sets/${id}?${query}`, undefined, [])).status).toBe(status)
  );

  it.each([
    ["page=9223372036854775807", 500],
    ["page=9223372036854775807&size=1000", 500],
    ["page=4611686018427387904&size=2", 500],
    ["page=9223372036854775807&size=1", 200],
    ["page=9223372036854775808", 400],
    ["page=1000000", 200]
  ])("%s gives %d: what 64 bits make of page times size", async (query, status) => {
    for (const path of [list, list.replace("data_sets", "datasets")])
      expect([path, (await ask("GET", `${path}?${query}`)).status]).toEqual([path, status]);
  });
});

describe("nesting beyond 10,000 levels", () => {
  it.each([
    ["POST", list, `{"payload":{"a":${nested(10_000)}}}`, 400],
    ["POST", list, `{"x":${nested(10_000)}}`, 400],
    ["POST", list, nested(10_001), 400],
    ["POST", "/v1/data_sets/ID/data", nested(10_001), 400],
    ["POST", "/v1/data_sets/ID/data", `[${nested(10_001)},{"type":"x"}]`, 400],
    ["POST", "/v1/data_sets/ID/data", `[{"type":"food","x":"\\ud800","y":${nested(10_001)}}]`, 400]
  ])("is malformed: %s %s", async (method, path, body, status) => {
    const answer = await ask(method, path.replace("ID", id), body);
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
      status,
      { errors: [{ code: "json-malformed" }], meta: { trace: {} } }
    ]);
  });

  it("is malformed in what a service changes, bare", async () => {
    const answer = await ask("PUT", `/v1/data_sets/${id}`, `{"x":${nested(10_000)}}`, as("service"));
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([400, { code: "json-malformed" }]);
  });

  it("is a 500 in selectors", async () => {
    const selectors = (levels: number) => `[{"origin":{"id":"none"},"x":${nested(levels)}}]`;
    const statuses = [9_998, 9_999].map(async (levels) => {
      return (await ask("DELETE", `/v1/data_sets/${id}/data`, selectors(levels))).status;
    });
    expect(await Promise.all(statuses)).toEqual([200, 500]);
  });

  it("does not count below that, whatever stands in it", async () => {
    const body = `[{"type":"food","time":"2026-05-14T08:17:08Z","deviceId":"\\ud800","x":${nested(9_998)}}]`;
    expect((await ask("POST", `/v1/data_sets/${id}/data`, body)).status).toBe(200);
  });
});

it("stores what nests as deep as the platform reads, and gives it back", async () => {
  const levels = 4_990;
  const deepest = '{"name":"b","brand":"a"}';
  const food = `{"ingredients":[`.repeat(levels) + deepest + "]}".repeat(levels);
  const body = `[{"type":"food","time":"2026-05-14T08:17:08Z","origin":{"id":"deep"},"ingredients":[${food}]}]`;
  expect((await ask("POST", `/v1/data_sets/${id}/data`, body)).status).toBe(200);
  const stored = (await servers.read("a1b2c3d4e5", id)).find(({ origin }) => origin !== undefined);
  let inner: unknown = stored;
  for (let level = 0; level <= levels; level++)
    [inner] = (inner as { ingredients: ReadonlyArray<unknown> }).ingredients;
  expect(JSON.stringify(inner)).toBe('{"brand":"a","name":"b"}');
});

describe("bodies", () => {
  it.each(["null", " null "])("%j changes nothing of a data set, told by a detail alone", async (body) => {
    const { status, text } = await ask("PUT", `/v1/data_sets/${id}`, body, as("service"));
    expect([status, Object.keys(JSON.parse(text) as object)]).toEqual([400, ["detail"]]);
  });

  it.each([
    ["", 500],
    ["a", 200],
    ["é".repeat(1000), 200],
    ["é".repeat(1001), 500]
  ])("of selectors have hashes of 1 to 1,000 characters: %#", async (hash, status) =>
    expect((await ask("DELETE", `/v1/data_sets/${id}/data`, [{ deduplicator: { hash } }])).status).toBe(status)
  );

  it.each([
    [{ id: "0".repeat(32), time: "0001-01-01T00:00:00Z" }],
    [{ id: "0".repeat(32), time: "0000-12-31T23:00:00-01:00" }],
    [{ origin: { id: "a", time: "0001-01-01T05:30:00+05:30" } }]
  ])("of selectors with a zero time are a 500: %j", async (selector) =>
    expect((await ask("DELETE", `/v1/data_sets/${id}/data`, [selector])).status).toBe(500)
  );

  it("that delete all data of a user are answered with an empty list", async () => {
    const { status, text } = await ask("DELETE", "/v1/users/nobody/data", undefined, as("service"));
    expect([status, JSON.parse(text)]).toMatchObject([200, { data: [] }]);
  });
});

describe.each([
  ["a", { time: "9999-12-31T23:30:00-01:00" }],
  ["b", { time: "0000-01-01T00:30:00+01:00" }],
  ["c", { deletedTime: "9999-12-31T23:59:59-00:01" }]
])("a data set, %s, with a time outside the years 0 to 9999 in UTC: %j", (letter, times) => {
  it("is made, and cannot be written: neither in the answer nor in a list", async () => {
    const path = `/v1/users/strange-${letter}/data_sets`;
    const uploadId = letter.repeat(32);
    const made = await ask("POST", path, { ...continuous, ...times, id: uploadId }, as("service"));
    expect([made.status, made.text]).toEqual([201, ""]);
    const listed = await ask("GET", `${path}?deleted=true`, undefined, as("service"));
    expect([listed.status, JSON.parse(listed.text)]).toMatchObject([500, { code: "internal-server-error" }]);
    const older = await ask("GET", `${path.replace("data_sets", "datasets")}?deleted=true`, undefined, as("service"));
    expect([older.status, older.text]).toEqual([200, ""]);
    const one = await ask("GET", `/v1/data_sets/${uploadId}`, undefined, as("service"));
    expect([one.status, JSON.parse(one.text)]).toMatchObject([500, { code: "internal-server-error" }]);
    expect((await ask("POST", `/v1/data_sets/${uploadId}/data`, [reading("a")], as("service"))).status).toBe(200);
  });
});

it("opens a session with a zero time, and stores none", async () => {
  const times = { time: "0001-01-01T01:00:00+01:00", deletedTime: "0001-01-01T00:00:00Z" };
  const { status, text } = await ask("POST", "/v1/users/zero/data_sets", { ...continuous, ...times }, as("service"));
  const { data } = JSON.parse(text) as { data: object };
  expect([status, Object.keys(data).filter((name) => ["time", "deletedTime"].includes(name))]).toEqual([201, []]);
  expect(JSON.parse((await ask("GET", "/v1/users/zero/data_sets", undefined, as("service"))).text)).toEqual([data]);
});
