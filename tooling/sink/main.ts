// A Tidepool that takes everything and keeps nothing, in a process of its own: `node main.ts` prints its address;
// `node main.ts 50` answers each request after 50 ms.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const session = {
  id: "0".repeat(32),
  uploadId: "0".repeat(32),
  type: "upload",
  createdTime: "2026-01-01T00:00:00.000Z",
  dataSetType: "continuous",
  client: { name: "org.tideway.cli", version: "0.0.0" },
  deduplicator: { name: "org.tidepool.deduplicator.dataset.delete.origin", version: "1.0.0" }
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
    const path = request.url ?? "";
    if (path.startsWith("/auth/user")) answer({ userid: "0123456789" });
    else if (path.startsWith("/auth/login")) {
      response.setHeader("x-tidepool-session-token", "bench");
      answer({ userid: "0123456789" });
    } else if (request.method === "GET") answer([session]);
    else answer({ data: [], meta: { trace: { request: "0".repeat(32) } } });
  });
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
