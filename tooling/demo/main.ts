// `npm run demo`: the main job from start to end, on this machine alone. No account, no network, nothing left behind.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type Receipt } from "@tideway/core";
import { createSqliteLedger } from "@tideway/core/node";
import { createSandbox } from "@tideway/sandbox";
import { createSqliteStore, listen } from "@tideway/sandbox/node";
import { sampleDatums } from "@tideway/sandbox/sample";
import { createTransport, passwordLogin } from "@tideway/transport";
import { glucoseLines } from "./glucose-lines.ts";
import { kindTable } from "./kind-table.ts";
import { createProgressLine } from "./progress-line.ts";

const say = (line = "") => console.log(line);
const count = (value: number) => value.toLocaleString("en-US");
const outcome = ({ read, sent, unchanged, rejected, skipped }: Receipt) =>
  `${count(read)} read = ${count(sent)} sent + ${count(unchanged)} unchanged + ${count(rejected)} rejected + ${count(skipped)} skipped`;

const folder = mkdtempSync(join(tmpdir(), "tideway-demo-"));
const store = createSqliteStore({ path: join(folder, "sandbox.sqlite") });
const user = { email: "demo@tideway.example", password: "tideway" };
const server = await listen(await createSandbox({ store, users: [user] }));

try {
  say(`A sandbox, a local Tidepool on SQLite, listens at ${server.url}`);
  const transport = createTransport({ environment: server.url, credentials: passwordLogin(user) });
  const { userId } = await transport.currentUser();
  say(`Logged in as user ${userId}`);

  const datums = [...sampleDatums({ days: 90 })];
  say(`90 days of an invented person's data: ${count(datums.length)} datums`);

  const ledger = createSqliteLedger(join(folder, "ledger.sqlite"));
  const client = createClient({
    transport,
    userId,
    app: { name: "org.tideway.demo", version: "1.0.0" },
    ledger
  });

  const line = createProgressLine(process.stderr, datums.length);
  const receipt = await client.upload(datums, { onProgress: line.show });
  line.end();
  say(`${receipt.sessionOpened ? "Opened" : "Found"} session ${receipt.sessionId}`);
  say(`${outcome(receipt)}, in ${count(receipt.chunks)} chunks, ${(receipt.elapsed / 1000).toFixed(1)} s`);
  say();
  for (const row of kindTable(receipt.kinds)) say(`  ${row}`);
  say();
  for (const row of glucoseLines(datums)) say(`  ${row}`);
  say();

  const verification = await client.verify(datums);
  say(
    `Read back ${count(verification.stored)} stored records and compared: ${count(verification.matched)} of ` +
      `${count(verification.expected)} are as sent, ${count(verification.differences.length)} differ`
  );

  const again = await client.upload(datums);
  say(`Once more, the same data: ${outcome(again)}, ${count(again.requests)} data requests`);

  const { stored } = await client.verify(datums);
  say(`The session now holds ${count(stored)} records`);

  const whole =
    receipt.rejected === 0 &&
    verification.differences.length === 0 &&
    again.sent === 0 &&
    stored === verification.stored;
  say(whole ? "Everything arrived, once." : "Something is not as it should be: see above.");
  process.exitCode = whole ? 0 : 1;
} finally {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
