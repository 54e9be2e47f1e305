import { createReadStream } from "node:fs";
import { extname } from "node:path";
import { createInterface } from "node:readline";
import { createClient } from "@tideway/core";
import { createSqliteLedger, readInThread } from "@tideway/core/node";
import { createTransport, fixedToken } from "@tideway/transport";
import makePlatformClient from "tidepool-platform-client";

/** Uploads a file of NDJSON to a server; resolves to the number of datums sent. */
export type Contender = (file: string, url: string, ledger: string) => Promise<number>;

const chunkSize = 1000;
const atOnce = 4;
const route = "/dataservices/v1/datasets/00000000000000000000000000000000/data";
const headers = { "X-Tidepool-Session-Token": "bench", "Content-Type": "application/json" };

/** Runs at most four at once; waits for its turn. */
const pool = () => {
  const running = new Set<Promise<void>>();
  return {
    add: async (work: () => Promise<void>) => {
      while (running.size >= atOnce) await Promise.race(running);
      const one: Promise<void> = work().finally(() => running.delete(one));
      running.add(one);
    },
    end: async () => {
      await Promise.all(running);
    }
  };
};

const post = async (url: string, body: BodyInit) => {
  const response = await fetch(url + route, { method: "POST", headers, body });
  await response.text();
};

/** What one writes by hand in ten minutes: four posts at once, nothing checked. */
const byHand: Contender = async (file, url) => {
  const { add, end } = pool();
  let chunk: Array<unknown> = [];
  let sent = 0;
  const flush = async () => {
    const full = chunk;
    chunk = [];
    sent += full.length;
    await add(() => post(url, JSON.stringify(full)));
  };
  for await (const line of createInterface({ input: createReadStream(file) })) {
    chunk.push(JSON.parse(line));
    if (chunk.length === chunkSize) await flush();
  }
  if (chunk.length > 0) await flush();
  await end();
  return sent;
};

/** Tidepool's own client from npm, chunk after chunk, as Tidepool's uploader does. */
const platformClient: Contender = async (file, url) => {
  const store = { getItem: () => "bench", setItem: () => undefined, removeItem: () => undefined };
  const names = { metricsSource: "bench", metricsVersion: "1" };
  const client = makePlatformClient({ host: url, uploadApi: url, dataHost: url, localStore: store, ...names });
  const wait = (call: (done: (error: unknown) => void) => void) =>
    new Promise<void>((resolve, reject) =>
      call((error) => (error ? reject(new Error(JSON.stringify(error))) : resolve()))
    );
  await wait((done) => client.initialize(done));
  let chunk: Array<unknown> = [];
  let sent = 0;
  const flush = async () => {
    sent += chunk.length;
    await wait((done) => client.addDataToDataset("0".repeat(32), chunk, done));
    chunk = [];
  };
  for await (const line of createInterface({ input: createReadStream(file) })) {
    chunk.push(JSON.parse(line));
    if (chunk.length === chunkSize) await flush();
  }
  if (chunk.length > 0) await flush();
  return sent;
};

/** The limit: the file's bytes, cut at line ends and posted unread. */
const unread: Contender = async (file, url) => {
  const { add, end } = pool();
  let rest: Buffer = Buffer.alloc(0);
  let pieces = 0;
  for await (const read of createReadStream(file, { highWaterMark: 262_144 }) as AsyncIterable<Buffer>) {
    const whole = rest.length === 0 ? read : Buffer.concat([rest, read]);
    const cut = whole.lastIndexOf(10) + 1;
    rest = whole.subarray(cut);
    const body = new Uint8Array(whole.subarray(0, cut));
    pieces++;
    await add(() => post(url, body));
  }
  await end();
  return pieces;
};

/** Beside this file, as it is written or bundled. */
const threadModule = new URL(`read-file${extname(import.meta.url)}`, import.meta.url);

const tideway =
  (withLedger: boolean): Contender =>
  async (file, url, ledger) => {
    const client = createClient({
      transport: createTransport({ environment: url, credentials: fixedToken("bench") }),
      userId: "0123456789",
      app: { name: "org.tideway.cli", version: "0.0.0" },
      ...(withLedger ? { ledger: createSqliteLedger(ledger) } : {})
    });
    const source = readInThread(threadModule, { data: file });
    const { sent, unchanged, requests, read } = await client.upload(source);
    if (sent + unchanged !== read) throw new Error("Not everything was sent.");
    if (sent === 0 && requests > 0) throw new Error("Nothing was new, and still there were data requests.");
    return sent;
  };

export const contenders = {
  hand: byHand,
  platform: platformClient,
  limit: unread,
  tideway: tideway(false),
  ledger: tideway(true)
} satisfies Record<string, Contender>;

export type ContenderName = keyof typeof contenders;
