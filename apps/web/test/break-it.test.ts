import { createClient, createMemoryLedger } from "@tideway/core";
import { createSandbox } from "@tideway/sandbox";
import { createTransport, passwordLogin } from "@tideway/transport";
import { expect, it } from "vitest";
import { engineNote } from "../src/app/engine-note.ts";
import { type FaultName, faultsOf } from "../src/sandbox/fault-switches.ts";
import { watched } from "../src/sandbox/sent-ids.ts";
import { createPauseSwitch } from "../src/worker/pause-switch.ts";
import { uploadFiles } from "../src/worker/upload-files.ts";

const login = { email: "demo@tideway.example", password: "tideway" };
const count = 60;
const line = (index: number) =>
  JSON.stringify({
    type: "cbg",
    units: "mg/dL",
    value: 100,
    time: new Date(Date.UTC(2026, 2, 1) + index * 300_000).toISOString(),
    origin: { id: `cbg-${index}` }
  });
const selection = {
  files: [new File([Array.from({ length: count }, (_, index) => line(index)).join("\n")], "a.ndjson")],
  answers: {},
  now: Date.UTC(2026, 3, 1)
};

const openTidepool = async (names: ReadonlyArray<FaultName>) => {
  const sandbox = createSandbox({ users: [login], faults: faultsOf(names) });
  const plain = createTransport({
    environment: { fetch: (request) => sandbox.fetch(request) },
    credentials: passwordLogin(login)
  });
  const { userId } = await plain.currentUser();
  const watch = watched(plain);
  const client = createClient({
    transport: watch.transport,
    userId,
    app: { name: "org.example", version: "1.0.0" },
    ledger: createMemoryLedger(),
    policy: {
      settling: { quiet: 20 },
      retry: { base: 1, cap: 5 },
      chunking: { datums: 10 },
      pacing: { firstPause: 1, longestPause: 5 }
    }
  });
  return { sandbox, client, watch };
};
const quiet = { signal: new AbortController().signal, onChecking: () => {} };

it.for([
  ["errors", 0],
  ["busy", 0],
  ["lost", 0],
  ["expired", 0],
  ["poison", 1]
] as const)("counts right in the end where %s is switched on", async ([name, refused]) => {
  const { sandbox, client } = await openTidepool([name]);
  const notes: Array<string> = [];
  const { receipt, verification } = await uploadFiles(client, selection, {
    ...quiet,
    onProgress: (event) => {
      const note = engineNote(event);
      if (note !== undefined) notes.push(note);
    }
  });
  expect([receipt.sent, receipt.rejected]).toEqual([count - refused, refused]);
  expect(verification).toMatchObject({ differences: [], matched: count - refused });
  expect(sandbox.log.entries().some(({ faults }) => faults.length > 0)).toBe(true);
  expect(notes.length).toBeGreaterThan(5);
});

it("knows the ids of what was acknowledged, so that an upload can be undone", async () => {
  const { sandbox, client, watch } = await openTidepool([]);
  await uploadFiles(client, selection, { ...quiet, onProgress: () => {} });
  expect(watch.ids.size).toBe(count);
  expect(await client.remove([...watch.ids])).toBe(count);
  const session = await client.session.find();
  expect(sandbox.store.countDatums(session?.uploadId ?? "")).toEqual({});
});

it("sends nothing more while it is paused, and all of it after that", async () => {
  const { client, watch } = await openTidepool([]);
  const pause = createPauseSwitch();
  pause.set(true);
  const running = uploadFiles(client, selection, { ...quiet, pause, onProgress: () => {} });
  await client.session.list();
  expect(watch.ids.size).toBe(0);
  pause.set(false);
  expect((await running).receipt.sent).toBe(count);
});
