import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Example, openExample } from "./open-example.ts";
import { ann, reading, startSandbox } from "./sandbox-with-people.ts";

interface Traces {
  readonly resourceSpans: ReadonlyArray<{
    readonly scopeSpans: ReadonlyArray<{
      readonly spans: ReadonlyArray<{ readonly name: string; readonly spanId: string; readonly parentSpanId?: string }>;
    }>;
  }>;
}

/** A collector of OTLP that keeps the spans it is sent. */
const startCollector = async () => {
  const received = new Map<string, Array<unknown>>();
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    received.set(path, [...(received.get(path) ?? []), await json(request)]);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths: () => [...received.keys()].sort(),
    spans: () =>
      (received.get("/v1/traces") ?? []).flatMap((body) =>
        (body as Traces).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
      ),
    close: () => server.close()
  };
};

let example: Example;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let file: string;
let env: Record<string, string>;
beforeAll(async () => {
  [example, sandbox] = await Promise.all([openExample("effect"), startSandbox()]);
  file = join(example.folder, "readings.json");
  writeFileSync(file, JSON.stringify([reading(0), reading(5), { ...reading(10), value: -1 }]));
  env = {
    TIDEWAY_API: sandbox.url,
    TIDEPOOL_EMAIL: ann.email,
    TIDEPOOL_PASSWORD: ann.password,
    TIDEWAY_LEDGER: join(example.folder, "ledger.db")
  };
});
afterAll(() => sandbox.close());

it("compiles by its strict options", async () => expect(await example.compile()).toBe(""));

it("uploads a file, and its spans arrive at the collector, one inside the other", async () => {
  const collector = await startCollector();
  try {
    const ended = await example.run(["--remember", file], { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining("2 sent, 1 rejected\n") });
    expect(collector.paths()).toEqual(["/v1/logs", "/v1/metrics", "/v1/traces"]);
    const spans = collector.spans();
    const whole = spans.find(({ name }) => name === "upload-file");
    const upload = spans.find(({ name }) => name === "tideway.upload");
    expect(upload?.parentSpanId).toBe(whole?.spanId);
    expect(spans.some(({ name, parentSpanId }) => name === "tideway.chunk" && parentSpanId !== undefined)).toBe(true);
    expect(await sandbox.timesOf(ann)).toEqual([reading(0).time, reading(5).time]);
  } finally {
    collector.close();
  }
});

it("says in words what it lacks, and explains itself", async () => {
  const [noFile, help] = await Promise.all([example.run([`${file}.none`], env), example.run(["--help"], env)]);
  expect(noFile).toMatchObject({ code: 1 });
  expect(noFile.stdout + noFile.stderr).toContain("ENOENT");
  expect(help.stdout).toContain("--remember");
});
