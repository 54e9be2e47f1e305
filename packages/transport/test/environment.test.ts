import { createTransport, fixedToken } from "@tideway/transport";
import { expect, it } from "vitest";

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

it("refuses an id that would lead to another route", async () => {
  for (const id of ["", ".", ".."]) await expect(at("qa1").listDataSets(id, {})).rejects.toThrow("user id");
});

it("refuses to take the name of a program that Tidepool treats differently", () => {
  for (const clientName of ["Tidepool/1", "axios/1.2", "okhttp/4", "Loop/3", "two\nlines", ""]) {
    expect(() => createTransport({ environment: "qa1", credentials, clientName })).toThrow("clientName");
  }
});
