// Opens a ledger's file and closes it: `node opening-program.ts FILE USER`.
import { createSqliteLedger } from "@tideway/core/node";

const [, , file = "", userId = ""] = process.argv;
const scope = { server: "https://a.example", userId, clientName: "org.example", sessionId: "s" };
const session = await createSqliteLedger(file).open(scope);
await session.close();
