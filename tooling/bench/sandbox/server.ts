// The other process of the sandbox benchmark: a sandbox on the file named, until it is stopped.
import { createSandbox } from "@tideway/sandbox";
import { createSqliteStore, listen } from "@tideway/sandbox/node";

const store = createSqliteStore({ path: process.argv[2] ?? ":memory:" });
const { url } = await listen(createSandbox({ store, users: [{ userId: "u1", token: "t1" }] }));
process.send?.({ url });
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ rss: process.memoryUsage.rss(), cpu: user + system });
});
