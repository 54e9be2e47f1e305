import { existsSync } from "node:fs";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fill, type Example, type Values } from "./example.ts";
import { readGuide } from "./guide-examples.ts";
import { ownExamples } from "./own-examples.ts";

const known = {
  userId: "0123456789",
  sessionToken: "session-token-of-the-guide",
  clientName: "org.example.app",
  clientVersion: "1.0.0"
};

let server: Listening;
beforeAll(async () => {
  const { userId, sessionToken } = known;
  const users = [{ userId, email: "guide@example.org", password: "secret", tokens: [sessionToken] }];
  server = await listen(createSandbox({ users }));
});
afterAll(() => server.close());

/** Sends a request as it is written, but for the host. */
const send = async ({ method, url, query, headers, body }: Example["request"]) => {
  const { pathname } = new URL(url);
  const target = new URL(pathname, server.url);
  for (const [name, value] of Object.entries(query ?? {})) target.searchParams.set(name, value);
  return fetch(target, { method: method.toUpperCase(), headers, body: body === null ? null : JSON.stringify(body) });
};

const isTime = (text: string) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u.test(text);

/** What an answer of the sample's shape matches: the same members, and the same values but for the times. */
const shapeOf = (sample: unknown): unknown => {
  if (typeof sample === "string") return isTime(sample) ? expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u) : sample;
  if (Array.isArray(sample)) return sample.map(shapeOf);
  if (typeof sample !== "object" || sample === null) return sample;
  return expect.objectContaining(
    Object.fromEntries(Object.entries(sample).map(([key, value]) => [key, shapeOf(value)]))
  );
};

const runsAsWritten = (examples: ReadonlyArray<Example>, clientName: string) => {
  const values: { [placeholder: string]: string } = { ...known, clientName };

  it.each(examples.map((example) => [example.title, example] as const))("%s", async (_, example) => {
    const response = await send(fill(example.request, values as Values));
    const body = (await response.json()) as { readonly data?: { readonly uploadId?: string } };
    const opens = JSON.stringify(example.request.body).includes('"dataSetType"');
    expect({ status: response.status, body }).toMatchObject({ status: opens ? 201 : 200 });
    if (opens) values["uploadSessionId"] = String(body.data?.uploadId);
    expect(response.headers.get("content-type")).toMatch(/^application\/json/u);
    if (example.answer !== undefined) expect(body).toEqual(shapeOf(fill(example.answer, values as Values)));
    else expect(body).toMatchObject({ data: [] });
  });

  it("the readings are there afterwards, each once, with the origin that was sent", async () => {
    const sent = examples.flatMap(({ request }) => (Array.isArray(request.body) ? request.body : []));
    const url = `${server.url}/data/${known.userId}?uploadId=${values["uploadSessionId"]}&type=cbg`;
    const response = await fetch(url, { headers: { "X-Tidepool-Session-Token": known.sessionToken } });
    const stored = (await response.json()) as ReadonlyArray<{ readonly origin: { readonly id: string } }>;
    const origins = (datums: ReadonlyArray<{ readonly origin: { readonly id: string } }>) =>
      datums.map(({ origin }) => origin).sort((a, b) => a.id.localeCompare(b.id));
    expect(sent).toHaveLength(2);
    expect(origins(stored)).toEqual(origins(sent));
  });
};

describe("a continuous session, request by request over HTTP", () => runsAsWritten(ownExamples, "org.example.own"));

const guide = new URL("../../../../shared/spec/continuous-session.md", import.meta.url);
describe.skipIf(!existsSync(guide))("every request and sample answer of Tidepool's guide, as written there", () => {
  const examples = existsSync(guide) ? readGuide(guide) : [];

  it("are the four requests and two answers that are known", () => {
    expect(examples.map(({ request }) => `${request.method} ${new URL(request.url).pathname}`)).toEqual([
      "post /v1/users/%7BuserId%7D/data_sets",
      "get /v1/users/%7BuserId%7D/data_sets",
      "post /dataservices/v1/datasets/%7BuploadSessionId%7D/data",
      "post /dataservices/v1/datasets/%7BuploadSessionId%7D/data"
    ]);
    expect(examples.filter(({ answer }) => answer !== undefined)).toHaveLength(2);
  });

  runsAsWritten(examples, "org.example.guide");
});
