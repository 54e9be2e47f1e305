import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bench } from "./bench.ts";

const chunkSize = 1_000;
const window = 100;
const count = Number(process.env["BENCH_DATUMS"] ?? 5_000_000);

/** What a process has used: bytes resident now, microseconds of processor so far. */
interface Usage {
  readonly rss: number;
  readonly cpu: number;
}

/** A sandbox on an SQLite file in a process of its own, which tells its memory when asked. */
const startServer = async (path: string) => {
  const child = fork(new URL("./sandbox/server.ts", import.meta.url), [path]);
  const [started] = (await once(child, "message")) as [{ readonly url: string }];
  const usage = async (): Promise<Usage> => {
    child.send("usage");
    const [told] = (await once(child, "message")) as [Usage];
    return told;
  };
  return { url: started.url, usage, stop: () => void child.kill() };
};

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const send = (method: string, url: string, body: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = { "x-tidepool-session-token": "t1", "content-length": Buffer.byteLength(body) };
    const sent = request(url, { method, agent, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      answer.on("end", () => ((answer.statusCode ?? 0) < 300 ? resolve(text) : reject(new Error(text.slice(0, 300)))));
    });
    sent.on("error", reject);
    sent.end(body);
  });

let serial = 0;
/** Random origin ids: the hardest case for an index. */
const randomId = (): string => crypto.randomUUID();

const chunk = (): string => {
  const datums = Array.from({ length: chunkSize }, () => {
    serial += 1;
    const time = new Date(1_500_000_000_000 + serial * 300_000).toISOString();
    return `{"type":"cbg","time":"${time}","timezoneOffset":60,"deviceTime":"2017-02-06T00:26:51","deviceId":"MMT-1711:12345678","units":"mg/dL","value":${40 + (serial % 360)},"origin":{"id":"${randomId()}","name":"org.example.app","type":"application"},"payload":{"interstitialSignal":24.98}}`;
  });
  return `[${datums.join(",")}]`;
};

const round = (value: number, digits = 0) => value.toFixed(digits);

/** Load on a sandbox with an SQLite file: speed, memory, and whether the last chunks cost more than the first. */
export const bench: Bench = {
  name: "sandbox",
  async run(say) {
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    const path = join(folder, "data.sqlite");
    const server = await startServer(path);
    try {
      const set = {
        dataSetType: "continuous",
        deduplicator: { name: "org.tidepool.deduplicator.dataset.delete.origin" }
      };
      const created = await send("POST", `${server.url}/v1/users/u1/data_sets`, JSON.stringify(set));
      const { data } = JSON.parse(created) as { readonly data: { readonly uploadId: string } };
      const address = `${server.url}/v1/data_sets/${data.uploadId}/data`;
      for (let warm = 0; warm < 20; warm += 1) await send("POST", address, chunk());

      const chunks = Math.ceil(count / chunkSize);
      const times: Array<number> = [];
      const memory: Array<number> = [];
      const before = await server.usage();
      const start = performance.now();
      let next = chunk();
      const marks: Array<number> = [];
      for (let at = 0; at < chunks; at += 1) {
        if ([0, window, chunks - window].includes(at)) marks.push((await server.usage()).cpu);
        const sent = performance.now();
        const answer = send("POST", address, next);
        next = chunk();
        await answer;
        times.push(performance.now() - sent);
        if (at % Math.max(1, Math.floor(chunks / 20)) === 0) memory.push((await server.usage()).rss / 2 ** 20);
      }
      const seconds = (performance.now() - start) / 1000;
      const after = (await server.usage()).cpu;
      const cpu = (after - before.cpu) / 1_000_000;
      const [begun = 0, through = 0, late = 0] = marks;
      const total = (part: ReadonlyArray<number>) => part.reduce((sum, time) => sum + time, 0);
      const [first, last] = [total(times.slice(0, window)), total(times.slice(-window))];
      const sorted = times.toSorted((a, b) => a - b);
      const size = (name: string) => statSync(name, { throwIfNoEntry: false })?.size ?? 0;
      say(`${count} datums in ${round(seconds)} s: ${round(count / seconds)} a second, in chunks of ${chunkSize}`);
      say(`processor time of the sandbox: ${round(cpu)} s, enough for ${round(count / cpu)} a second of one core`);
      say(
        `a chunk: median ${round(sorted[Math.floor(chunks / 2)] ?? 0, 1)} ms, slowest ${round(sorted.at(-1) ?? 0)} ms`
      );
      say(
        `the last ${window} chunks took ${round(last / first, 2)} times the first ${window} (${round(last)} and ${round(first)} ms)`
      );
      say(`the same in processor time: ${round((after - late) / (through - begun), 2)}`);
      say(`resident memory of the sandbox: ${memory.map((each) => round(each)).join(" ")} MiB`);
      say(
        `file: ${round((size(path) + size(`${path}-wal`)) / 2 ** 20)} MiB, ${round(size(path) / (count + 20_000))} bytes a datum`
      );

      const again = performance.now();
      const same = chunk();
      for (let at = 0; at < 20; at += 1) await send("POST", address, same);
      say(
        `sending one chunk 20 times more, each replacing the one before: ${round((performance.now() - again) / 20, 1)} ms a chunk`
      );
    } finally {
      server.stop();
      agent.destroy();
      rmSync(folder, { recursive: true });
    }
  }
};
