// Opens a ledger's file and closes it: `node opening-program.ts FILE SESSION`.
import { createSqliteLedger } from "@tideway/core/node";

const [, , file = "", sessionId = ""] = process.argv;
const session = await createSqliteLedger(file).open({ sessionId });
await session.close();
