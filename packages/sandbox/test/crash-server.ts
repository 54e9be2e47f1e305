import { createSandbox } from "@tideway/sandbox";
import { createSqliteStore, listen } from "@tideway/sandbox/node";

const store = createSqliteStore({ path: process.argv[2] ?? ":memory:" });
const { url } = await listen(createSandbox({ store, users: [{ userId: "u1", token: "t1" }] }));
process.stdout.write(`${url}\n`);
