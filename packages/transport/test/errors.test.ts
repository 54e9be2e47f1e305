import { createTransport, fixedToken } from "@tideway/transport";
import { expect, it } from "vitest";
import { usePlatform } from "./platform/control.ts";
import { inBrowser } from "./platform/start.ts";
import { testClock } from "./test-clock.ts";

const platform = usePlatform();
const credentials = fixedToken("token-ann");
const tokens = { "token-ann": "ann" };
const open = () => createTransport({ environment: platform.url, credentials });
const post = () => open().postData("s1", "[]");
const on = "POST /dataservices/v1/datasets/s1/data";
const caught = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error as Record<string, unknown>
  );

const wrapped = (code: string, status: string) =>
  JSON.stringify({ errors: [{ code, title: "t", detail: "d", status }], meta: { trace: { request: "x" } } });
const bare = (code: string) => JSON.stringify({ code, title: "t", detail: "d" });
const envoy = "upstream connect error or disconnect/reset before headers. reset reason:";
const html = "<html><body>Bad Gateway</body></html>";

it.each([
  [403, wrapped("unauthorized", "403"), "Forbidden", "does not have the right to do so (upload)"],
  [403, bare("unauthorized"), "Forbidden", "upload"],
  [403, html, "UnexpectedAnswer", "not a Tidepool's"],
  [404, wrapped("data-set-id-not-found", "404"), "NotFound", "no such session"],
  [404, '{"Error":"Resource not found"}', "UnexpectedAnswer", "no such route"],
  [405, '{"Error":"Method not allowed"}', "UnexpectedAnswer", "no such route"],
  [404, html, "UnexpectedAnswer", "not a Tidepool's"],
  [404, "", "UnexpectedAnswer", "not a Tidepool's"],
  [409, "", "UnexpectedAnswer", "not a Tidepool's"],
  [409, wrapped("data-set-closed", "409"), "SessionClosed", "closed"],
  [400, wrapped("json-malformed", "400"), "Refused", "json-malformed"],
  [400, html, "UnexpectedAnswer", "not a Tidepool's"],
  [413, html, "TooLarge", "no body of this size"],
  [413, "", "TooLarge", "no body of this size"],
  [429, "", "Throttled", "asks for a pause"],
  [503, html, "Throttled", "asks for a pause"],
  [500, wrapped("internal-server-failure", "500"), "ServerFailed", "failed (500)"],
  [500, "", "ServerFailed", "failed (500)"],
  [501, html, "ServerFailed", "failed (501)"],
  [500, '{"status":500,"id":"i","code":"invalid_parameters","message":"m"}', "Refused", "invalid_parameters"],
  [502, html, "Unanswered", "may have been done all the same"],
  [504, "upstream request timeout", "Unanswered", "may have been done all the same"],
  [503, `${envoy} connection termination`, "Unanswered", "may have been done all the same"],
  [503, `${envoy} connection failure`, "Throttled", "asks for a pause"],
  [408, "", "Unanswered", "may have been done all the same"],
  [418, bare("teapot"), "UnexpectedAnswer", "418"],
  [421, "", "ServerFailed", "Nothing was done"],
  [425, html, "ServerFailed", "Try again later"],
  [511, html, "UnexpectedAnswer", "wants you to log in"],
  [200, html, "UnexpectedAnswer", "not a confirmation"],
  [200, "", "UnexpectedAnswer", "not a confirmation"],
  [200, "[]", "UnexpectedAnswer", "not a confirmation"]
])("tells %i %s as %s", async (status, body, tag, message) => {
  // More than once: a browser asks again by itself after a 408, on every connection that it has.
  await platform.set({ tokens, scripted: [{ on, status, body, times: 50 }] });
  const error = await caught(post());
  expect(error["_tag"]).toBe(tag);
  expect(error["message"]).toContain(message);
  expect(error["message"]).toMatch(/^Could not upload data: .*\.$/);
  expect(error["status"]).toBe(status);
  expect(error["traceId"]).toMatch(/^[0-9a-f]{32}$/);
});

it("points at every refused datum, in both forms, and quotes no value", async () => {
  const one = (index: number) => ({
    code: "value-out-of-range",
    title: "value is out of range",
    detail: "value 1001 is not between 0 and 1000",
    source: { pointer: `/${index}/value` },
    meta: { type: "cbg" }
  });
  for (const [body, count] of [
    [JSON.stringify(one(0)), 1],
    [JSON.stringify({ errors: [one(0), one(7), one(9)] }), 3]
  ] as const) {
    await platform.set({ tokens, scripted: [{ on, status: 400, body }] });
    const error = await caught(post());
    expect(error["_tag"]).toBe("Refused");
    expect(error["issues"]).toHaveLength(count);
    expect(error["issues"]).toMatchObject([
      { pointer: "/0/value", code: "value-out-of-range" },
      ...Array.from({ length: count - 1 }, () => ({}))
    ]);
    expect(JSON.stringify(error)).not.toContain("1001");
    expect(error["message"]).toContain(`value-out-of-range at /0/value${count === 1 ? "." : " and 2 more."}`);
  }
});

it("says what the server does not take in the query of a list", async () => {
  const body = JSON.stringify({ code: "value-out-of-range", title: "t", detail: "d", source: { parameter: "size" } });
  await platform.set({ tokens, scripted: [{ on: "GET /v1/users/ann/data_sets", status: 400, body }] });
  const error = await caught(open().listDataSets("ann", { size: 5000 }));
  expect(error).toMatchObject({ _tag: "Refused", issues: [], message: expect.stringContaining("value-out-of-range") });
});

// A page may not read this header: the gateway does not expose it.
it.skipIf(inBrowser)("hands on how long the server wants to be left alone", async () => {
  await platform.set({ tokens, scripted: [{ on, status: 429, headers: { "Retry-After": "17" } }] });
  expect(await caught(post())).toMatchObject({ _tag: "Throttled", retryAfter: 17_000 });
});

it.each([301, 302, 303, 307, 308])("does not follow a %i, and does not take the token along", async (status) => {
  await platform.set({ tokens, scripted: [{ on, status, headers: { Location: `${platform.url}/elsewhere` } }] });
  const error = await caught(post());
  expect(error).toMatchObject({ _tag: "UnexpectedAnswer" });
  expect(error["message"]).toContain("not followed");
  expect((await platform.seen()).map(({ path }) => path)).not.toContain("/elsewhere");
});

it.each(["before", "within"] as const)("does not know what became of a request cut off %s its answer", async (cut) => {
  // More than once: a browser asks again by itself where a kept connection breaks.
  await platform.set({ tokens, scripted: [{ on, cut, body: '{"data":[', times: 50 }] });
  expect(await caught(post())).toMatchObject({ _tag: "Unanswered" });
});

it("does not know either when the answer takes longer than the gateway's own minute", async () => {
  await platform.set({ tokens, scripted: [{ on, hang: true }] });
  const clock = testClock();
  const work = caught(createTransport({ environment: platform.url, credentials, clock }).postData("s1", "[]"));
  while ((await platform.seen()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(clock.sleeping()).toEqual([70_000]);
  await clock.advance(70_000);
  expect(await work).toMatchObject({ _tag: "Unanswered", message: expect.stringContaining("within 70 s") });
  expect(clock.sleeping()).toEqual([]);
});

it("ends at once with the caller's own reason when told to stop", async () => {
  await platform.set({ tokens, scripted: [{ on, hang: true }] });
  const controller = new AbortController();
  const reason = new Error("enough");
  const work = caught(open().postData("s1", "[]", { signal: controller.signal }));
  while ((await platform.seen()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  controller.abort(reason);
  expect(await work).toBe(reason);
  expect(await caught(open().postData("s1", "[]", { signal: controller.signal }))).toBe(reason);
  expect(await platform.seen()).toHaveLength(1);
});

it("knows a refused connection for a request that was never sent", async () => {
  const transport = createTransport({ environment: "http://127.0.0.1:47811", credentials });
  const error = await caught(transport.postData("s1", "[]"));
  // A browser does not say why: what is not known to be unsent may have been done.
  expect(error).toMatchObject({ _tag: inBrowser ? "Unanswered" : "Unreachable" });
});

it.skipIf(inBrowser)("knows an unknown host for a request that was never sent", async () => {
  const transport = createTransport({ environment: "https://nowhere.invalid", credentials });
  expect(await caught(transport.postData("s1", "[]"))).toMatchObject({ _tag: "Unreachable" });
});

it("does not read an answer without end", async () => {
  const body = JSON.stringify({ data: [], filler: "x".repeat(300_000) });
  await platform.set({ tokens, scripted: [{ on: "GET /auth/user", body }] });
  expect(await caught(open().currentUser())).toMatchObject({ _tag: "UnexpectedAnswer" });
});

it.each([
  ["a portal's page", { body: html }, "UnexpectedAnswer"],
  ["half an array", { body: '[\n{"type":"cbg"},' }, "UnexpectedAnswer"],
  ["a connection that breaks", { body: '[\n{"type":"cbg"},', cut: "within" as const }, "Unanswered"]
])("gives what came of the data and then says what is wrong with %s", async (_, answer, tag) => {
  await platform.set({ tokens, scripted: [{ on: "GET /data/ann", ...answer }] });
  const seen: Array<unknown> = [];
  const work = (async () => {
    for await (const datum of open().readData("ann", {})) seen.push(datum);
  })();
  expect(await caught(work)).toMatchObject({ _tag: tag });
  if (answer.body !== html && tag !== "Unanswered") expect(seen).toEqual([{ type: "cbg" }]);
});

it.skipIf(inBrowser)("does not read for ever what comes a byte at a time", async () => {
  const clock = testClock();
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(2000);
      controller.enqueue(new TextEncoder().encode(" "));
    },
    cancel: () => void (cancelled = true)
  });
  const environment = { fetch: async () => new Response(body, { status: 200 }) };
  const started = clock.now();
  const reading = (async () => {
    for await (const _ of createTransport({ environment, credentials, clock }).readData("ann", {}));
  })();
  expect(await caught(reading)).toMatchObject({ _tag: "Unanswered" });
  expect(clock.now() - started).toBeLessThan(420_000);
  expect(cancelled).toBe(true);
});

const portals: ReadonlyArray<readonly [string, ResponseInit & { readonly body?: string }]> = [
  ["a page where data was to be", { status: 200, body: html, headers: { "Content-Type": "text/html; charset=utf-8" } }],
  ["511", { status: 511, body: html }],
  ["sending on to another host", { status: 302, headers: { Location: "https://portal.example/login" } }]
];

it.each(portals)("takes the answer of a network that wants a login of its own for temporary: %s", async (_, answer) => {
  const environment = {
    fetch: async () => new Response(answer.body ?? null, answer)
  };
  const transport = createTransport({ environment, credentials });
  const calls = [
    transport.postData("s1", "[]"),
    transport.listDataSets("ann", {}),
    transport.createDataSet("ann", {}),
    transport.currentUser()
  ];
  for (const call of calls) {
    const error = await caught(call);
    expect(error).toMatchObject({ _tag: "UnexpectedAnswer", isTemporary: true });
    expect(error["message"]).toContain("open a browser, log in there, then try again");
  }
});

it("does not take the answer of another server for temporary", async () => {
  const answers = [
    new Response(html, { status: 404, headers: { "Content-Type": "text/html" } }),
    Response.json({ ok: true }),
    new Response(null, { status: 301, headers: { Location: "http://sandbox.localhost/elsewhere" } })
  ];
  for (const answer of answers) {
    const transport = createTransport({ environment: { fetch: async () => answer }, credentials });
    expect((await caught(transport.listDataSets("ann", {})))["isTemporary"]).toBeUndefined();
  }
});
