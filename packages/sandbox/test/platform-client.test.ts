import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import createPlatformClient from "tidepool-platform-client";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { reading } from "./client.ts";

type Callback = (error: unknown, result?: unknown) => void;
type Method = (...args: ReadonlyArray<unknown>) => void;

const owner = {
  userId: "a1b2c3d4e5",
  email: "anna@example.test",
  password: "not a real one",
  profile: { fullName: "Anna" }
};
const clinician = {
  userId: "b2c3d4e5f6",
  email: "ben@example.test",
  password: "b",
  permissions: { a1b2c3d4e5: ["view"] }
};

let server: Listening;
let call: (name: string, ...args: ReadonlyArray<unknown>) => Promise<never>;

beforeAll(async () => {
  // The client asks the browser whether it is online; Node has a navigator without an answer to that.
  vi.stubGlobal("navigator", { onLine: true });
  server = await listen(createSandbox({ users: [owner, clinician] }));
  const hosts = { host: server.url, dataHost: server.url, uploadApi: server.url };
  const client = createPlatformClient({ ...hosts, metricsSource: "test", metricsVersion: "1" }) as unknown as Record<
    string,
    Method
  >;
  call = (name, ...args) =>
    new Promise((resolve, reject) => {
      const done: Callback = (error, result) => (error ? reject(error) : resolve(result as never));
      client[name]?.(...args, done);
    });
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await server.close();
});

describe("tidepool-platform-client 0.67, unchanged", () => {
  it("logs in, creates a data set, adds data, finalizes it, lists it and reads it back", async () => {
    const login = { username: owner.email, password: owner.password };
    expect(await call("login", login, { noRefresh: true })).toMatchObject({ userid: owner.userId });
    const info = {
      client: { name: "org.example.app", version: "1.0.0" },
      dataSetType: "normal",
      deviceId: "meter-1",
      deduplicator: { name: "org.tidepool.deduplicator.dataset.delete.origin" }
    };
    const created = (await call("createDatasetForUser", owner.userId, info)) as { data: { uploadId: string } };
    const { uploadId } = created.data;
    await call("addDataToDataset", uploadId, [reading("one", 100), reading("two", 120)]);
    await call("finalizeDataset", uploadId);
    const listed = (await call("getUploadRecordsForDevice", owner.userId, "meter-1", 5)) as Array<{ uploadId: string }>;
    expect(listed.map((one) => one.uploadId)).toEqual([uploadId]);
    const query = { uploadId, type: "cbg" };
    const read = (await call("getDeviceDataForUser", owner.userId, query)) as Array<{ value: number }>;
    expect(read.map(({ value }) => value).sort()).toEqual([5.55075, 6.6609]);
    await expect(call("addDataToDataset", uploadId, [reading("three")])).rejects.toMatchObject({
      errors: [{ code: "data-set-closed" }]
    });
  });

  it("reads the current user, the profile, the time, the rights and the people one shares with", async () => {
    expect(await call("getCurrentUser")).toMatchObject({ userid: owner.userId });
    expect(await call("findProfile", owner.userId)).toEqual({ fullName: "Anna" });
    expect(await call("getTime")).toMatchObject({ data: { time: expect.stringContaining("T") as string } });
    expect(await call("getAccessPermissionsForGroup", owner.userId, clinician.userId)).toEqual({ view: {} });
    expect(await call("getViewableUsers", owner.userId)).toEqual({ [owner.userId]: { root: {} } });
    expect(await call("getAssociatedUsersDetails", owner.userId)).toMatchObject([
      { userid: clinician.userId, trusteePermissions: { view: {} } }
    ]);
    await call("setAccessPermissions", clinician.userId, { upload: {}, view: {} });
    expect(await call("getTeamMembers", owner.userId)).toEqual({
      [owner.userId]: { root: {} },
      [clinician.userId]: { upload: {}, view: {} }
    });
    expect(await call("checkUploadVersions")).toHaveProperty("versions");
  });

  it("logs out", async () => {
    await call("logout");
    await expect(call("getCurrentUser")).rejects.toMatchObject({ status: 401 });
  });
});
