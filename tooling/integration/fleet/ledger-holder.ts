// Holds a session of a ledger in PostgreSQL, says so, and waits to be killed.
import { createPostgresLedger } from "@tideway/fleet";
import { Pool } from "pg";

const [connectionString = ""] = process.argv.slice(2);
const ledger = createPostgresLedger({ pool: new Pool({ connectionString }) });
await ledger.open({ sessionId: "held" });
console.log("held");
setInterval(() => undefined, 1000);
