import { createServer } from "node:http";
import { createSqliteLedger } from "@tideway/core/node";
import { clientCredentials, createTransport } from "@tideway/transport";
import { createHandler } from "./handler.ts";

const {
  TIDEWAY_API = "integration",
  TIDEWAY_ISSUER,
  TIDEWAY_CLIENT_ID = "",
  TIDEWAY_CLIENT_SECRET = "",
  TIDEWAY_LEDGER = "ledger.db",
  WEBHOOK_SECRET = "",
  PORT = "8080"
} = process.env;

const transport = createTransport({
  environment: TIDEWAY_API,
  credentials: clientCredentials({
    clientId: TIDEWAY_CLIENT_ID,
    clientSecret: TIDEWAY_CLIENT_SECRET,
    issuer: TIDEWAY_ISSUER
  })
});
const stopping = new AbortController();
const server = createServer(
  createHandler({
    transport,
    ledger: createSqliteLedger(TIDEWAY_LEDGER),
    secret: WEBHOOK_SECRET,
    signal: stopping.signal
  })
);
server.listen(Number(PORT), "127.0.0.1", () => {
  const address = server.address();
  console.log(`Listening on port ${typeof address === "object" ? address?.port : address}`);
});

process.once("SIGTERM", () => {
  stopping.abort();
  server.close();
});
