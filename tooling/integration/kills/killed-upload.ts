// Waits to be told what to upload, does so over a real socket with a ledger in a file, and says when it is done. Made to be
// killed.
import { createInterface } from "node:readline";
import { createClient } from "@tideway/core";
import { createSqliteLedger } from "@tideway/core/node";
import { createTransport, fixedToken } from "@tideway/transport";
import { killedDatums } from "./killed-datums.ts";

const lines = createInterface({ input: process.stdin });
const order = await new Promise<string>((resolve) => lines.once("line", resolve));
const { url, ledger, version } = JSON.parse(order) as { url: string; ledger: string; version: number };

const client = createClient({
  transport: createTransport({ environment: url, credentials: fixedToken("a-token-that-works") }),
  userId: "5ada5ada55",
  app: { name: "org.example.killed", version: "1.0.0" },
  ledger: createSqliteLedger(ledger),
  // The sandbox ends a request within milliseconds of its client's death: no need to wait as long as a gateway may take.
  policy: { settling: { quiet: 200, recheckAfter: 20 } }
});

const receipt = await client.upload(killedDatums(version), { chunkSize: 25, mirror: true });
console.log(`done ${receipt.sent}`);
process.exit(0);
