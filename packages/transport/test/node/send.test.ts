import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createTransport, fixedToken } from "@tideway/transport";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";

const slot = Symbol.for("undici.globalDispatcher.1");
const options = Symbol("options");
type Slot = { [slot]?: unknown };
const seen: Array<{ readonly agent: string | undefined; readonly length: string | undefined; readonly body: string }> =
  [];

const server = createServer((request: IncomingMessage, response) => {
  const parts: Array<Buffer> = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    const { "sec-fetch-mode": agent, "content-length": length } = request.headers;
    seen.push({ agent: String(agent), length, body: Buffer.concat(parts).toString() });
    response.setHeader("content-type", "application/json");
    const long = request.url?.includes("long") ? `,"long":[${"0,".repeat(60_000)}0]` : "";
    response.end(`{"data":[],"meta":{"trace":{"request":"r"}}${long}}`);
  });
});

let url = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const own = (globalThis as Slot)[slot];
afterEach(() => {
  seen.length = 0;
  (globalThis as Slot)[slot] = own;
  vi.unstubAllGlobals();
});

const post = (body: string, session = "s1") =>
  createTransport({ environment: url, credentials: fixedToken("t") }).postData(session, new TextEncoder().encode(body));

it("sends a body by node:http, whole and with its length in bytes", async () => {
  await post('[{"text":"é"}]');
  expect(seen).toEqual([{ agent: "undefined", length: "15", body: '[{"text":"é"}]' }]);
});

it("reads an answer of any length", async () => {
  await post("[]", "long");
  expect(seen).toHaveLength(1);
});

it("sends by a fetch that the program put there", async () => {
  const asked: Array<string> = [];
  vi.stubGlobal("fetch", async (request: Request, { body }: RequestInit) => {
    asked.push(`${request.method} ${new TextDecoder().decode(body as Uint8Array)}`);
    return Response.json({ data: [], meta: { trace: { request: "r" } } });
  });
  await post("[1]");
  expect(asked).toEqual(["POST [1]"]);
  expect(seen).toEqual([]);
});

it("sends by a fetch that the program put there before it loaded this package", async () => {
  const asked: Array<string> = [];
  vi.stubGlobal("fetch", async ({ method }: Request) => {
    asked.push(method);
    return Response.json({ data: [], meta: { trace: { request: "r" } } });
  });
  vi.resetModules();
  const { createTransport: create } = await import("@tideway/transport");
  await create({ environment: url, credentials: fixedToken("t") }).postData("s1", "[1]");
  expect(asked).toEqual(["POST"]);
  expect(seen).toEqual([]);
});

it.each([
  ["a proxy's", "ProxyAgent"],
  ["one with options of its own", "Agent"]
])("sends by the dispatcher that the program put there: %s", async (_, name) => {
  // What `setGlobalDispatcher` of undici does. This one says who it is, and hands on to Node's own.
  const dispatched: Array<string> = [];
  const nodes = own as { dispatch: (...args: Array<unknown>) => unknown };
  class Dispatcher {
    readonly [options] = { connect: { ca: "" } };
    dispatch(...args: Array<unknown>) {
      dispatched.push(name);
      return nodes.dispatch(...args);
    }
  }
  Object.defineProperty(Dispatcher, "name", { value: name });
  (globalThis as Slot)[slot] = new Dispatcher();
  await post("[1]");
  expect(dispatched).toEqual([name]);
  expect(seen.map(({ body }) => body)).toEqual(["[1]"]);
});
