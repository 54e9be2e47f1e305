import { NotFound } from "@tideway/core";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { createTransport, fixedToken, passwordLogin, type Environment, type RouteFamily } from "@tideway/transport";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ann = { userId: "aaaaaaaaaa", email: "ann@example.org", password: "correct horse" };
const parent = {
  userId: "bbbbbbbbbb",
  tokens: ["token-parent"],
  permissions: { [ann.userId]: ["view", "upload"] }
};
const viewer = { userId: "cccccccccc", tokens: ["token-viewer"], permissions: { [ann.userId]: ["view"] } };
const stranger = { userId: "dddddddddd", tokens: ["token-stranger"] };
const users = [ann, parent, viewer, stranger];

const create = {
  client: { name: "org.example.app", version: "1.0.0" },
  dataSetType: "continuous",
  deduplicator: { name: "org.tidepool.deduplicator.dataset.delete.origin" }
} as const;
const cbg = (minute: number, value = 5.5) => ({
  type: "cbg",
  time: new Date(Date.UTC(2026, 1, 5, 0, minute)).toISOString(),
  units: "mmol/L",
  value,
  origin: { id: `cbg-${minute}` }
});
const all = async <A>(items: AsyncIterable<A>): Promise<ReadonlyArray<A>> => {
  const found: Array<A> = [];
  for await (const item of items) found.push(item);
  return found;
};

let server: Listening;
beforeAll(async () => {
  server = await listen(createSandbox({ users }));
});
afterAll(() => server.close());

const inTab = createSandbox({ users });
const ways: ReadonlyArray<readonly [name: string, environment: () => Environment]> = [
  ["over a real port", () => server.url],
  ["through a sandbox's fetch", () => ({ fetch: (request) => inTab.fetch(request) })]
];

describe.each(ways)("%s", (_, environment) => {
  it.each<RouteFamily>(["documented", "v1", "dataservices"])("does the whole job by the %s routes", async (routes) => {
    const transport = createTransport({ environment: environment(), credentials: passwordLogin(ann), routes });
    expect((await transport.currentUser()).userId).toBe(ann.userId);
    const set = await transport.createDataSet(ann.userId, create);
    const [newest] = await transport.listDataSets(ann.userId, { appName: "org.example.app", size: 1 });
    expect(newest?.uploadId).toBe(set.uploadId);
    const datums = Array.from({ length: 1000 }, (_, minute) => cbg(minute));
    await transport.postData(set.uploadId, JSON.stringify(datums));
    await transport.postData(set.uploadId, new TextEncoder().encode(JSON.stringify(datums)));
    const read = await all(transport.readData(ann.userId, { uploadId: set.uploadId, type: ["cbg"] }));
    expect(read).toHaveLength(1000);
    await transport.deleteData(set.uploadId, [{ origin: { id: "cbg-7" } }, { origin: { id: "cbg-8" } }]);
    await transport.deleteData(set.uploadId, []);
    expect(await all(transport.readData(ann.userId, { uploadId: set.uploadId, type: ["cbg"] }))).toHaveLength(998);
    await transport.deleteDataSet(set.uploadId);
    const left = await transport.listDataSets(ann.userId, { appName: "org.example.app" });
    expect(left.map(({ uploadId }) => uploadId)).not.toContain(set.uploadId);
  });

  it("points at the datums that the server refuses, and at the session that is not there", async () => {
    const transport = createTransport({ environment: environment(), credentials: passwordLogin(ann) });
    const set = await transport.createDataSet(ann.userId, create);
    const refused = transport.postData(set.uploadId, JSON.stringify([cbg(1), cbg(2, 77), cbg(3, 99)]));
    await expect(refused).rejects.toMatchObject({
      _tag: "Refused",
      issues: [
        { pointer: "/1/value", code: "value-out-of-range" },
        { pointer: "/2/value", code: "value-out-of-range" }
      ]
    });
    await expect(transport.postData("0".repeat(32), "[]")).rejects.toBeInstanceOf(NotFound);
    await expect(transport.postData(set.uploadId, "[")).rejects.toMatchObject({ _tag: "Refused", issues: [] });
  });

  it("lets a parent upload for a child, and tells others which right they lack before anything is read", async () => {
    const as = (token: string) => createTransport({ environment: environment(), credentials: fixedToken(token) });
    const byParent = as("token-parent");
    await byParent.requireRight("upload", ann.userId);
    const set = await byParent.createDataSet(ann.userId, create);
    await byParent.postData(set.uploadId, JSON.stringify([cbg(1)]));
    await as("token-viewer").requireRight("view", ann.userId);
    const refused: ReadonlyArray<() => Promise<unknown>> = [
      () => as("token-stranger").requireRight("view", ann.userId),
      () => as("token-stranger").requireRight("upload", ann.userId),
      () => as("token-stranger").listDataSets(ann.userId, {}),
      () => as("token-viewer").createDataSet(ann.userId, create),
      () => as("token-viewer").postData(set.uploadId, "[]"),
      () => all(as("token-stranger").readData(ann.userId, {}))
    ];
    for (const work of refused) {
      await expect(work()).rejects.toMatchObject({ _tag: "Forbidden", message: expect.stringMatching(/right/) });
    }
  });
});

it("renews a sandbox's login when its session ends, once for many requests", async () => {
  let now = Date.UTC(2026, 0, 1);
  let renewals = 0;
  const sandbox = createSandbox({ users, runtime: { now: () => now } });
  const fetch = async (request: Request) => {
    if (request.method === "GET" && new URL(request.url).pathname === "/auth/login") renewals += 1;
    return sandbox.fetch(request);
  };
  const transport = createTransport({ environment: { fetch }, credentials: passwordLogin(ann) });
  await transport.currentUser();
  now += 3_600_000;
  await Promise.all(Array.from({ length: 200 }, () => transport.listDataSets(ann.userId, {})));
  expect(renewals).toBe(1);
});
