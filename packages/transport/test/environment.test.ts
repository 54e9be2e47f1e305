import { createTransport, fixedToken } from "@tideway/transport";
import { expect, it } from "vitest";
import { inBrowser } from "./platform/start.ts";
import { testClock } from "./test-clock.ts";

const credentials = fixedToken("t");
const at = (environment: string) => createTransport({ environment, credentials });

it.each([
  ["production", "https://api.tidepool.org"],
  ["integration", "https://int-api.tidepool.org"],
  ["qa1", "https://qa1.development.tidepool.org"],
  ["qa2", "https://qa2.development.tidepool.org"],
  ["dev", "https://dev1.dev.tidepool.org"],
  ["https://tidepool.example.org/api/", "https://tidepool.example.org/api"],
  ["http://localhost:31500", "http://localhost:31500"],
  ["http://127.0.0.1:8009/", "http://127.0.0.1:8009"],
  ["http://[::1]:8009", "http://[::1]:8009"]
])("takes %s", (environment, server) => {
  expect(at(environment).server).toBe(server);
});

it("takes plain http to another host only where that is said", () => {
  const environment = "http://sandbox:8009";
  expect(() => at(environment)).toThrow("allowInsecure: true");
  expect(() => createTransport({ environment, credentials, allowInsecure: false })).toThrow("not encrypted");
  expect(createTransport({ environment, credentials, allowInsecure: true }).server).toBe(environment);
  for (const other of ["ftp://sandbox", "http://ann:secret@sandbox", "http://sandbox:6000"]) {
    expect(() => createTransport({ environment: other, credentials, allowInsecure: true })).toThrow(TypeError);
  }
});

it.each([
  ["http://api.tidepool.org", "not encrypted"],
  ["http://127.0.0.1.example.org", "not encrypted"],
  ["http://localhost.example.org", "not encrypted"],
  ["https://ann:secret@api.tidepool.org", "user name or a password"],
  ["https://api.tidepool.org/?x=1", "query"],
  ["ftp://api.tidepool.org", "has to be an https:// address"],
  ["prod", "production, integration, qa1, qa2, dev"],
  ["", "neither one of"]
])("refuses %j and says why", (environment, why) => {
  expect(() => at(environment)).toThrow(why);
});

it("sends every request through a sandbox's fetch, and none over the network", async () => {
  const asked: Array<string> = [];
  const fetch = (request: Request) => {
    asked.push(`${request.method} ${request.url}`);
    return Promise.resolve(Response.json([]));
  };
  const transport = createTransport({ environment: { fetch }, credentials });
  await transport.listDataSets("ann", {});
  for await (const datum of transport.readData("ann", {})) expect(datum).toBeUndefined();
  expect(asked).toEqual([
    "GET http://sandbox.localhost/v1/users/ann/data_sets",
    "GET http://sandbox.localhost/data/ann"
  ]);
});

it.skipIf(inBrowser)(
  "waits for an answer as long as the call says, and by itself as long as the route may take",
  async () => {
    const clock = testClock();
    const fetch = ({ signal }: Request) =>
      new Promise<Response>((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error));
      });
    const transport = createTransport({ environment: { fetch }, credentials, clock });
    for (const [deadline, expected] of [
      [1234, 1234],
      [undefined, 70_000]
    ] as const) {
      const listed = transport.listDataSets("ann", {}, deadline === undefined ? {} : { deadline });
      await expect.poll(() => clock.sleeping()).toEqual([expected]);
      await clock.advance(expected);
      await expect(listed).rejects.toMatchObject({ _tag: "Unanswered" });
    }
  }
);

it("refuses an id that would lead to another route", async () => {
  for (const id of ["", ".", ".."]) await expect(at("qa1").listDataSets(id, {})).rejects.toThrow("user id");
});

it("refuses to take the name of a program that Tidepool treats differently", () => {
  for (const name of ["Tidepool", "Tidepool/1", "axios", "okhttp", "Loop", "two\nlines", ""]) {
    const app = { name, version: "1.0.0" };
    expect(() => createTransport({ environment: "qa1", credentials, app })).toThrow(/^app /);
  }
});
