import { createSandbox, isConnectionReset, type SandboxOptions, type Store } from "@tideway/sandbox";
import { askerOf, continuous, reading } from "./ask.ts";
import { same } from "./assert.ts";

/** What a sandbox does, whatever its store and wherever it runs; rejects where it does not. */
export type Behaviour = (store: Store) => Promise<void>;

const users = [
  { userId: "u1", email: "anna@example.test", password: "sesame", token: "t1" },
  { userId: "u2", token: "t2", permissions: { u1: ["upload"] } },
  { token: "s1", service: true }
];

const start = (store: Store, options: SandboxOptions = {}) => {
  const sandbox = createSandbox({ store, users, ...options });
  return { sandbox, anna: askerOf(sandbox, "t1"), ben: askerOf(sandbox, "t2"), service: askerOf(sandbox, "s1") };
};
const named = (name: string, more: object = {}) => ({ ...continuous, deduplicator: { name }, ...more });
const meter = { deviceId: "m", deviceManufacturers: ["LifeScan"], deviceModel: "Verio" };
const pump = { deviceId: "p", deviceManufacturers: ["Animas"] };
const food = (name: string, more: object = {}) => ({ type: "food", time: "2020-05-14T08:20:00Z", name, ...more });

/** By name. */
export const behaviours: Readonly<Record<string, Behaviour>> = {
  "the later datum of an origin id replaces the earlier, equal ids inside a request all stay": async (store) => {
    const { anna } = start(store);
    const set = await anna.open("u1");
    const post = (...data: ReadonlyArray<unknown>) => anna.ask("POST", `/v1/data_sets/${set}/data`, data);
    await post(reading("a", 100), reading("b", 110), reading(undefined, 60));
    await post(reading("a", 120), reading("a", 130), reading(undefined, 60));
    same(await anna.read("u1", set), [3.33045, 3.33045, 6.10582, 6.6609, 7.21597]);
    await post(reading("a", 100));
    same(await anna.read("u1", set), [3.33045, 3.33045, 5.55075, 6.10582]);
  },

  "one bad datum keeps the whole request out": async (store) => {
    const { anna } = start(store);
    const set = await anna.open("u1");
    const { status, text } = await anna.ask("POST", `/v1/data_sets/${set}/data`, [
      reading("a", 100),
      reading("b", 1001)
    ]);
    same(
      [status, JSON.parse(text).code, JSON.parse(text).source],
      [400, "value-out-of-range", { pointer: "/1/value" }]
    );
    same(await anna.read("u1", set), []);
  },

  "selectors archive, and a new POST of the id brings it back once": async (store) => {
    const { anna } = start(store);
    const set = await anna.open("u1");
    await anna.ask("POST", `/v1/data_sets/${set}/data`, [reading("a", 100), reading("b", 110)]);
    same((await anna.ask("DELETE", `/v1/data_sets/${set}/data`, [{ origin: { id: "a" } }])).status, 200);
    same(await anna.read("u1", set), [6.10582]);
    const [id] = await anna.read("u1", set, "id");
    same((await anna.ask("DELETE", `/v1/data_sets/${set}/data`, [{ id }])).status, 200);
    same(await anna.read("u1", set), []);
    await anna.ask("POST", `/v1/data_sets/${set}/data`, [reading("a", 130)]);
    same(await anna.read("u1", set), [7.21597]);
    same((await anna.ask("DELETE", `/v1/data_sets/${set}/data`, [])).status, 500);
  },

  "a normal set shows nothing until it is closed, and takes nothing after": async (store) => {
    const { anna } = start(store);
    const set = await anna.open("u1", { ...continuous, dataSetType: "normal" });
    const post = () => anna.ask("POST", `/v1/data_sets/${set}/data`, [reading("a", 100)]);
    await post();
    same([await anna.read("u1", set), await anna.json("GET", "/v1/users/u1/data_sets")], [[], []]);
    same((await anna.ask("PUT", `/v1/data_sets/${set}`, "garbage")).status, 200);
    same(await anna.read("u1", set), [5.55075]);
    same([(await post()).status, (await anna.ask("PUT", `/v1/data_sets/${set}`)).status], [409, 409]);
  },

  "a deleted set loses its data, is listed on demand, and still takes data": async (store) => {
    const { anna } = start(store);
    const set = await anna.open("u1");
    await anna.ask("POST", `/v1/data_sets/${set}/data`, [reading("a", 100)]);
    same((await anna.ask("DELETE", `/v1/data_sets/${set}`)).status, 200);
    same([await anna.read("u1", set), await anna.json("GET", "/v1/users/u1/data_sets")], [[], []]);
    same((await anna.json<Array<unknown>>("GET", "/v1/users/u1/data_sets?deleted=true")).length, 1);
    same((await anna.ask("POST", `/v1/data_sets/${set}/data`, [reading("a", 110)])).status, 200);
    same(await anna.read("u1", set), [6.10582]);
  },

  "lists filter and page, newest first": async (store) => {
    let now = 1_600_000_000_000;
    const { anna } = start(store, { runtime: { now: () => (now += 10) } });
    const ids: Array<string> = [];
    for (const name of ["one", "two", "one", "one"]) {
      ids.push(await anna.open("u1", { ...continuous, client: { name, version: "1.0.0" }, deviceId: `d-${name}` }));
    }
    const list = async (query: string) =>
      (await anna.json<Array<{ uploadId: string }>>("GET", `/v1/users/u1/data_sets?${query}`)).map((set) =>
        ids.indexOf(set.uploadId)
      );
    same(await list(""), [3, 2, 1, 0]);
    same(await list("client.name=one"), [3, 2, 0]);
    same(await list("deviceId=d-two"), [1]);
    same(await list("client.name=one&size=1&page=1"), [2]);
    same((await anna.ask("GET", "/v1/users/u1/data_sets?size=0")).status, 400);
  },

  "rights decide": async (store) => {
    const { anna, ben, service } = start(store);
    const set = await ben.open("u1");
    same((await ben.ask("POST", `/v1/data_sets/${set}/data`, [reading("a", 100)])).status, 200);
    same((await ben.ask("GET", "/data/u1")).status, 403);
    same((await ben.ask("GET", `/v1/data_sets/${set}`)).status, 403);
    same((await anna.ask("DELETE", "/v1/users/u1/data")).status, 403);
    same((await anna.ask("PUT", `/v1/data_sets/${set}`, { state: "closed" })).status, 403);
    same((await service.ask("DELETE", "/v1/users/u1/data")).status, 200);
    same((await anna.ask("GET", `/v1/data_sets/${set}`)).status, 404);
  },

  "equal data are dropped by hash, the last of a request kept": async (store) => {
    const { anna } = start(store);
    const set = await anna.open("u1", named("org.tidepool.deduplicator.dataset.drop.hash"));
    const post = (...data: ReadonlyArray<unknown>) => anna.ask("POST", `/v1/data_sets/${set}/data`, data);
    await post(reading("a", 100), reading("b", 100), reading("c", 101));
    await post(reading("d", 100), reading("e", 102));
    const origins = (await anna.read("u1", set, "origin")) as ReadonlyArray<{ id: string }>;
    same(origins.map(({ id }) => id).sort(), ["b", "c", "e"]);
  },

  "an existing food stays unless the new one's origin time is later": async (store) => {
    const { anna } = start(store);
    const set = await anna.open("u1", named("org.tidepool.deduplicator.dataset.delete.origin.older"));
    const post = (name: string, time: string) =>
      anna.ask("POST", `/v1/data_sets/${set}/data`, [food(name, { origin: { id: "a", time } })]);
    await post("one", "2020-01-02T00:00:00Z");
    await post("two", "2020-01-02T01:00:00+01:00");
    same(await anna.read("u1", set, "name"), ["one"]);
    await post("three", "2020-01-02T00:00:01Z");
    same(await anna.read("u1", set, "name"), ["three"]);
  },

  "closing a meter's set archives its older equal data, deleting it brings them back": async (store) => {
    const { anna } = start(store);
    const upload = async (...values: ReadonlyArray<number>) => {
      const set = await anna.open("u1", meter);
      const data = values.map((value) => reading(undefined, value, { deviceId: "m" }));
      await anna.ask("POST", `/v1/data_sets/${set}/data`, data);
      await anna.ask("PUT", `/v1/data_sets/${set}`);
      return set;
    };
    const [older, newer] = [await upload(100, 110), await upload(100, 120)];
    same(await anna.read("u1", older), [6.10582]);
    await anna.ask("DELETE", `/v1/data_sets/${newer}`);
    same(await anna.read("u1", older), [5.55075, 6.10582]);
  },

  "deleting a meter's set whose data a later one archived hands the older data on to that one": async (store) => {
    const { anna } = start(store);
    const upload = async () => {
      const set = await anna.open("u1", meter);
      await anna.ask("POST", `/v1/data_sets/${set}/data`, [reading(undefined, 100, { deviceId: "m" })]);
      await anna.ask("PUT", `/v1/data_sets/${set}`);
      return set;
    };
    const [first, second, third] = [await upload(), await upload(), await upload()];
    await anna.ask("DELETE", `/v1/data_sets/${second}`);
    same([await anna.read("u1", first), await anna.read("u1", third)], [[], [5.55075]]);
    await anna.ask("DELETE", `/v1/data_sets/${third}`);
    same(await anna.read("u1", first), [5.55075]);
  },

  "closing a pump's set removes the device's other data": async (store) => {
    const { anna } = start(store);
    const upload = async (name: string) => {
      const set = await anna.open("u1", pump);
      await anna.ask("POST", `/v1/data_sets/${set}/data`, [
        food(name, { deviceId: "p" }),
        food(name, { deviceId: "q" })
      ]);
      await anna.ask("PUT", `/v1/data_sets/${set}`);
      return set;
    };
    const [older, newer] = [await upload("one"), await upload("two")];
    same(await anna.read("u1", older, "deviceId"), ["q"]);
    same(await anna.read("u1", newer, "deviceId"), ["p", "q"]);
  },

  "a reading of many records streams, complete and in the order of insertion": async (store) => {
    const { anna } = start(store);
    const set = await anna.open("u1");
    const count = 1_234;
    const data = Array.from({ length: count }, (_, at) => food(`n${at}`, { origin: { id: `o${at}` } }));
    await anna.ask("POST", `/v1/data_sets/${set}/data`, data);
    const { text } = await anna.ask("GET", `/data/u1?uploadId=${set}&type=food`);
    same(
      (JSON.parse(text) as Array<{ name: string }>).map(({ name }) => name),
      data.map(({ name }) => name)
    );
    same([text.slice(0, 2), text.slice(-2), text.split("\n").length], ["[\n", "\n]", count + 2]);
  },

  "a password logs in, and OIDC tokens are signed": async (store) => {
    const { anna } = start(store);
    const login = await anna.ask("POST", "/auth/login", undefined, {
      authorization: `Basic ${btoa("anna@example.test:sesame")}`
    });
    same([login.status, login.headers.get("x-tidepool-session-token")?.startsWith("kc:")], [200, true]);
    const form = "grant_type=password&client_id=app&scope=openid&username=anna%40example.test&password=sesame";
    const token = await anna.json<{ id_token: string }>("POST", "/realms/tidepool/protocol/openid-connect/token", form);
    same(token.id_token.split(".").length, 3);
  },

  "a cut connection is a TypeError, and what was stored before it stays": async (store) => {
    const { sandbox, anna } = start(store);
    const set = await anna.open("u1");
    sandbox.faults.set([{ effect: { kind: "reset", when: "after" }, on: "POST /v1/*", times: 1 }]);
    const sent = anna.ask("POST", `/v1/data_sets/${set}/data`, [reading("a", 100)]);
    const error: unknown = await sent.catch((reason: unknown) => reason);
    same([isConnectionReset(error), error instanceof TypeError], [true, true]);
    same(await anna.read("u1", set), [5.55075]);
  }
};
