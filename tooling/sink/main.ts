// A Tidepool that takes everything and keeps nothing, in a process of its own: `node main.ts` prints its address;
// `node main.ts 50` answers each request after 50 ms. A stretch of time that is read back holds the readings with counted ids that
// `write-readings.ts` writes, as if those had been uploaded: an upload looks at the start whether its ledger is still true.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { normalize } from "@tideway/schemas";
import { readingsBetween } from "../integration/cli/write-readings.ts";

const session = {
  id: "0".repeat(32),
  uploadId: "0".repeat(32),
  type: "upload",
  createdTime: "2026-01-01T00:00:00.000Z",
  dataSetType: "continuous",
  client: { name: "org.tideway.cli", version: "0.0.0" },
  deduplicator: { name: "org.tidepool.deduplicator.dataset.delete.origin", version: "1.0.0" }
};

/** What a Tidepool that keeps them would answer to such a query. */
const stored = (query: URLSearchParams) => {
  const [from, to] = [query.get("startDate"), query.get("endDate")].map((time) => Date.parse(time ?? ""));
  if (from === undefined || to === undefined || !(from <= to)) return [];
  return [...readingsBetween(from, to)].flatMap((reading) => normalize(reading, { newId: () => "0".repeat(32) }));
};

const latency = Number(process.argv[2] ?? 0);

const server = createServer((request, response) => {
  const answer = (body: unknown) => {
    response.setHeader("content-type", "application/json");
    const end = () => response.end(JSON.stringify(body));
    if (latency > 0) setTimeout(end, latency);
    else end();
  };
  request.resume();
  request.on("end", () => {
    const { pathname: path, searchParams } = new URL(request.url ?? "/", "http://sink");
    if (path.startsWith("/auth/user")) answer({ userid: "0123456789" });
    else if (path.startsWith("/auth/login")) {
      response.setHeader("x-tidepool-session-token", "bench");
      answer({ userid: "0123456789" });
    } else if (request.method === "GET" && path.startsWith("/data/")) answer(stored(searchParams));
    else if (request.method === "GET") answer([session]);
    else answer({ data: [], meta: { trace: { request: "0".repeat(32) } } });
  });
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
